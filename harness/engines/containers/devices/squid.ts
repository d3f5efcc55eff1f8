import type { ProxyMachineSettings } from '../../../../docker/agent/roles.js';
import { scriptFile } from '../../../../docker/agent/script-file.js';
import { bumpingBasics, bumpingPort } from '../../../../docker/agent/squid-certificates.js';
import { squidBasics, witnessLabel } from '../../../../docker/agent/squid-process.js';
import { inspectionRules } from '../../../../model/policy/inspection.js';
import { entryRegex } from '../../../../model/policy/match-host.js';
import { challengeRule, type Exemption, proxyRules } from '../../../../model/policy/proxy.js';
import type { SiteAddresses } from '../../../../model/site/addresses.js';
import { portTexts } from '../../../../model/site/port-list.js';
import { proxiesOf, type SiteProxy } from '../../../../model/site/proxies.js';
import { type AuthenticationScheme, schemesOf } from '../../../../model/site/proxy-schema.js';
import type { Site } from '../../../../model/site/schema.js';
import { dscpOf } from './account-mark.js';

const refuser = scriptFile('lab-refuser.sh');

/** Each scheme's helper: squid challenges in the order in which they stand. */
const helpers: Record<AuthenticationScheme, string> = {
  basic: `auth_param basic program /usr/lib/squid/basic_ncsa_auth ${scriptFile('proxy-users')}\nauth_param basic realm lab`,
  ntlm: `auth_param ntlm program ${refuser}\nauth_param ntlm children 1`,
  negotiate: `auth_param negotiate program ${refuser}\nauth_param negotiate children 1`,
};

/** squid as a proxy of the site. */
export function proxyMachineSettings(
  site: Site,
  addresses: SiteAddresses,
  { machine, settings: proxy, address, port }: SiteProxy,
  startAt: number,
): ProxyMachineSettings {
  const rules: string[] = [];
  const acls = ['acl tunnel method CONNECT'];
  const challenge = challengeRule(proxy);
  const exempt: Exemption = proxy['no-authentication'];
  const { accounts = [] } = exempt;
  const exemptPort = accounts.length === 0 ? undefined : port === 3128 ? 3129 : 3128;
  if (challenge) {
    const schemes = schemesOf(proxy);
    acls.push(...schemes.map((scheme) => helpers[scheme]));
    for (const host of exempt.hosts) acls.push(`acl exempt_hosts dstdom_regex -n -i ${entryRegex(host)}`);
    if (exemptPort) acls.push(`acl exempt_accounts localport ${exemptPort}`);
    const others = [
      ...(exempt.hosts.length > 0 ? ['!exempt_hosts'] : []),
      ...(exemptPort ? ['!exempt_accounts'] : []),
    ].map((acl) => ` ${acl}`);
    acls.push('acl known proxy_auth REQUIRED');
    acls.push('acl offers req_header Proxy-Authorization ^Basic');
    acls.push(`acl asked external seen ${witnessLabel(challenge.name)}`);
    rules.push(`http_access deny${others.join('')} !offers asked !known`);
    rules.push(`http_access deny${others.join('')} !known`);
  }
  for (const [index, { action, name, hosts, ports, method }] of proxyRules(proxy).entries()) {
    // What is about nothing is no rule.
    if (hosts?.length === 0 || ports?.length === 0) continue;
    const rule = `rule${index}`;
    // One a line, which squid adds up: it reads no line of more than 8 KiB.
    for (const host of hosts ?? []) acls.push(`acl ${rule}_hosts dstdom_regex -n -i ${entryRegex(host)}`);
    if (ports) acls.push(`acl ${rule}_ports port ${portTexts(ports).join(' ')}`);
    acls.push(`acl ${rule}_seen external seen ${witnessLabel(name)}`);
    const conditions = [
      ...(hosts ? [`${rule}_hosts`] : []),
      ...(ports ? [`${rule}_ports`] : []),
      ...(method ? [method === 'connect' ? 'tunnel' : '!tunnel'] : []),
      `${rule}_seen`,
    ];
    if (action === 'refuse' && proxy['refuses-with'] === 'page')
      rules.push(`deny_info 200:ERR_ACCESS_DENIED ${rule}_seen`);
    rules.push(`http_access ${action === 'allow' ? 'allow' : 'deny'} ${conditions.join(' ')}`);
  }
  const bumping = machine === 'proxy' ? tunnelsRead(site) : undefined;
  // Who waits for the last of the ports to listen has waited for both.
  const ports = [exemptPort, port].flatMap((one) =>
    one ? `http_port ${address}:${one}${bumping ? ` ${bumpingPort}` : ''}` : [],
  );
  const configuration = `${ports.join('\n')}
${squidBasics('%SRC %SRCPORT %DST %PORT %DATA')}
dns_nameservers ${addresses.resolver}
dns_timeout 3 seconds
connect_timeout 5 seconds
${machine === 'proxy' ? parentOf(site) : ''}
${proxy['refuses-with'] === 'page' ? pagesInPlace : ''}
${acls.join('\n')}
${bumping?.configuration ?? ''}
${rules.join('\n')}
http_access deny all
`;
  return {
    ...(bumping && { authority: { name: bumping.authority, startAt } }),
    ...{ configuration, address, port, resolver: addresses.resolver },
    ...(exemptPort && {
      firewall: exemptAccounts(
        accounts.map((one) => dscpOf(site, one)),
        address,
        port,
        exemptPort,
      ),
    }),
  };
}

/** A page that passes for the answer does not say whose it is. */
const pagesInPlace = `acl fine http_status 200
reply_header_access X-Squid-Error deny fine`;

/**
 * How squid reads what is said in its tunnels: it decides by the name in CONNECT, so that a tunnel that it
 * leaves alone is one like any other. What clients say inside was let through with the tunnel.
 */
function tunnelsRead({ inspection }: Site): { configuration: string; authority: string } | undefined {
  if (inspection?.at !== 'proxy') return undefined;
  const acls = ['acl inside proto HTTPS', 'acl read port 443'];
  const bumps: string[] = [];
  for (const [index, { action, name, hosts }] of inspectionRules(inspection).entries()) {
    if (hosts?.length === 0) continue;
    const rule = `read${index}`;
    for (const host of hosts ?? []) acls.push(`acl ${rule} dstdom_regex -n -i ${entryRegex(host)}`);
    acls.push(`acl ${rule}_seen external seen ${witnessLabel(name)}`);
    const conditions = ['read', ...(hosts ? [rule] : []), `${rule}_seen`];
    bumps.push(`ssl_bump ${action === 'bypass' ? 'splice' : 'bump'} ${conditions.join(' ')}`);
  }
  const upgrades = inspection.websocket === 'pass' ? ['http_upgrade_request_protocols OTHER allow all'] : [];
  const lines = [
    bumpingBasics,
    ...upgrades,
    ...acls,
    ...bumps,
    'ssl_bump splice all',
    'http_access allow inside',
  ];
  return { configuration: lines.join('\n'), authority: inspection.authority };
}

/**
 * Everything goes to the parent, and nothing is asked of it beside the requests themselves. squid would
 * take one for dead that refused ten tunnels.
 */
function parentOf(site: Site): string {
  const [, parent] = proxiesOf(site);
  if (!parent) return '';
  const { address, port } = parent;
  return `cache_peer ${address} parent ${port} 0 no-query no-digest no-netdb-exchange default connect-fail-limit=1000000
never_direct allow all`;
}

/** squid knows no accounts; the kernel hands connections of those that are asked nothing to a port of their own. */
function exemptAccounts(marks: readonly number[], address: string, port: number, own: number): string {
  return `table ip exempt {
  chain accounts {
    type nat hook prerouting priority dstnat; policy accept;
    ip daddr ${address} tcp dport ${port} ip dscp { ${[...new Set(marks)].join(', ')} } dnat to ${address}:${own}
  }
}
`;
}
