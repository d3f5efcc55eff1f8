import type { ProxyMachineSettings } from '../../../docker/agent/roles.js';
import { refuserProgram, squidBasics, witnessLabel } from '../../../docker/agent/squid-process.js';
import type { SiteAddresses } from '../../site/addresses.js';
import type { Site } from '../../site/schema.js';
import { challenges, type Scheme } from '../parts/proxy-challenge.js';

/** Each scheme's helper, and which requests the challenge is written down for: those it is sent to. */
const schemes: Record<Scheme, { helper: string; challenged: string }> = {
  basic: {
    helper: 'auth_param basic program /usr/lib/squid/basic_fake_auth\nauth_param basic realm lab',
    challenged: '!offers asked',
  },
  negotiate: {
    helper: `auth_param negotiate program ${refuserProgram}\nauth_param negotiate children 1`,
    challenged: 'asked',
  },
};

/** squid as the site's explicit proxy; null where the site has none. */
export function proxyMachineSettings(site: Site, addresses: SiteAddresses): ProxyMachineSettings | null {
  const { proxy } = site;
  if (!proxy || !addresses.proxy) return null;
  const port = Number(proxy.address.split(':')[1]);
  const rules: string[] = [];
  const acls: string[] = [];
  const add = (verb: 'allow' | 'deny', condition: string, rule: string) => {
    const name = `rule${rules.length}`;
    acls.push(`acl ${name}_seen external seen ${witnessLabel(rule)}`);
    rules.push(`http_access ${verb} ${condition}${condition && ' '}${name}_seen`);
  };
  const hosts = (name: string, pattern: string) => {
    acls.push(`acl ${name} dstdomain -n ${domain(pattern)}`);
  };
  const scheme = proxy.authentication === 'none' ? undefined : proxy.authentication;
  if (scheme) {
    acls.push(schemes[scheme].helper);
    acls.push('acl known proxy_auth REQUIRED');
    acls.push('acl offers req_header Proxy-Authorization .');
    acls.push(`acl asked external seen ${witnessLabel(challenges[scheme].rule)}`);
    rules.push(`http_access deny ${schemes[scheme].challenged} !known`);
    rules.push('http_access deny !known');
  }
  proxy.deny.forEach((pattern, index) => {
    hosts(`denied${index}`, pattern);
    add('deny', `denied${index}`, `deny ${pattern}`);
  });
  acls.push(`acl open_ports port ${proxy.ports.join(' ')}`);
  if (proxy.allow) {
    for (const [index, pattern] of proxy.allow.entries()) hosts(`allowed${index}`, pattern);
    const listed = proxy.allow.map((_, index) => `allowed${index}`);
    acls.push(`acl listed any-of ${listed.join(' ')}`);
    add('deny', '!listed', 'not in allow list');
  }
  add('deny', '!open_ports', `ports ${proxy.ports.join(',')}`);
  for (const [index, pattern] of (proxy.allow ?? []).entries())
    add('allow', `allowed${index}`, `allow ${pattern}`);
  if (!proxy.allow) add('allow', '', 'allow *');
  const configuration = `http_port ${addresses.proxy}:${port}
${squidBasics('%SRC %SRCPORT %MYADDR %MYPORT %DST %PORT %DATA')}
dns_nameservers ${addresses.resolver}
dns_timeout 3 seconds
connect_timeout 5 seconds
${acls.join('\n')}
${rules.join('\n')}
http_access deny all
`;
  return { configuration, address: addresses.proxy, port, resolver: addresses.resolver };
}

function domain(pattern: string): string {
  return pattern.startsWith('*.') ? pattern.slice(1) : pattern;
}
