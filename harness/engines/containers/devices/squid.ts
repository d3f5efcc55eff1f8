import type { ProxyMachineSettings } from '../../../../docker/agent/roles.js';
import { scriptFile } from '../../../../docker/agent/script-file.js';
import { bumpingBasics, bumpingPort } from '../../../../docker/agent/squid-certificates.js';
import { squidBasics, witnessLabel } from '../../../../docker/agent/squid-process.js';
import type { Account } from '../../../../model/evidence/vocabulary.js';
import { inspectionRules } from '../../../../model/policy/inspection.js';
import { entryRegex } from '../../../../model/policy/match-host.js';
import { proxyRules } from '../../../../model/policy/proxy.js';
import type { SiteAddresses } from '../../../../model/site/addresses.js';
import { machinesOf } from '../../../../model/site/origins.js';
import { portTexts } from '../../../../model/site/port-list.js';
import { proxiesOf, type SiteProxy } from '../../../../model/site/proxies.js';
import { type AuthenticationScheme, schemesOf } from '../../../../model/site/proxy-schema.js';
import type { Site } from '../../../../model/site/schema.js';
import { dscpOf } from './account-mark.js';

/** By it a proxy tells its parent for whom it asks; it goes no further. */
const clientHeader = 'X-Lab-Client';
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
  const { acls, rules, accounts } = accessOf(site, proxy);
  // squid knows no accounts: connections of each that a rule is about come to a port of its own.
  const portOf = (index: number) => (port + 1 + index > 65_535 ? port - 1 - index : port + 1 + index);
  for (const [index, account] of accounts.entries())
    acls.push(`acl ${accountAcl(accounts, account)} localport ${portOf(index)}`);
  const bumping = machine === 'proxy' ? tunnelsRead(site) : undefined;
  // Who waits for the last of the ports to listen has waited for all.
  const ports = [...accounts.map((_, index) => portOf(index)), port].map(
    (one) => `http_port ${address}:${one}${bumping ? ` ${bumpingPort}` : ''}`,
  );
  const configuration = `${ports.join('\n')}
${squidBasics(`%SRC %SRCPORT %DST %PORT %>{${clientHeader}} %DATA`)}
dns_nameservers ${addresses.resolver}
dns_timeout 3 seconds
connect_timeout 5 seconds
${machine === 'proxy' ? parentOf(site) : `request_header_access ${clientHeader} deny all`}
${proxy['refuses-with'] === 'page' ? pagesInPlace : ''}
${acls.join('\n')}
${bumping?.configuration ?? ''}
${rules.join('\n')}
`;
  return {
    ...(bumping && { authority: { name: bumping.authority, startAt } }),
    ...{ configuration, address, port },
    ...(accounts.length > 0 && {
      firewall: portsOfAccounts(
        accounts.map((one, index) => ({ mark: dscpOf(site, one), port: portOf(index) })),
        { address, port },
      ),
    }),
  };
}

/** Lines of squid's access lists, and the accounts that they are about. */
function accessOf(
  site: Site,
  proxy: SiteProxy['settings'],
): { acls: string[]; rules: string[]; accounts: Account[] } {
  const schemes = schemesOf(proxy);
  const acls = ['acl tunnel method CONNECT', ...schemes.map((scheme) => helpers[scheme])];
  if (schemes.length > 0)
    acls.push('acl known proxy_auth REQUIRED', 'acl offers req_header Proxy-Authorization ^Basic');
  const rules: string[] = [];
  const all = proxyRules(proxy);
  const accounts = [...new Set(all.flatMap(({ account }) => account ?? []))];
  const machines = machinesOf(site);
  for (const [index, one] of all.entries()) {
    if (one.unclear !== undefined) continue;
    const { action, name, hosts, except, ports, method, account, from } = one;
    const rule = `rule${index}`;
    // One a line, which squid adds up: it reads no line of more than 8 KiB.
    for (const host of hosts ?? []) acls.push(`acl ${rule}_hosts dstdom_regex -n -i ${entryRegex(host)}`);
    for (const host of except ?? []) acls.push(`acl ${rule}_except dstdom_regex -n -i ${entryRegex(host)}`);
    if (ports) acls.push(`acl ${rule}_ports port ${portTexts(ports).join(' ')}`);
    for (const machine of from ?? []) acls.push(`acl ${rule}_from src ${machines.get(machine) ?? nobody}`);
    acls.push(`acl ${rule}_seen external seen ${witnessLabel(name)}`);
    const conditions = [
      ...(hosts ? [`${rule}_hosts`] : []),
      ...(except ? [`!${rule}_except`] : []),
      ...(ports ? [`${rule}_ports`] : []),
      ...(method ? [method === 'connect' ? 'tunnel' : '!tunnel'] : []),
      ...(from ? [`${rule}_from`] : []),
      ...(account === undefined ? [] : [accountAcl(accounts, account)]),
    ];
    if (action === 'challenge') {
      rules.push(`http_access ${['deny', ...conditions, '!offers', `${rule}_seen`, '!known'].join(' ')}`);
      rules.push(`http_access ${['deny', ...conditions, '!known'].join(' ')}`);
      continue;
    }
    if (action === 'refuse' && proxy['refuses-with'] === 'page')
      rules.push(`deny_info 200:ERR_ACCESS_DENIED ${rule}_seen`);
    rules.push(
      `http_access ${[action === 'allow' ? 'allow' : 'deny', ...conditions, `${rule}_seen`].join(' ')}`,
    );
  }
  return { acls, rules, accounts };
}

/** Where no machine of a site is. */
const nobody = '192.0.2.1';

function accountAcl(accounts: readonly Account[], account: Account): string {
  return `account${accounts.indexOf(account)}`;
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
never_direct allow all
request_header_add ${clientHeader} "%>a:%>p" all`;
}

/** The kernel hands connections of accounts to their ports. */
function portsOfAccounts(
  accounts: readonly { mark: number; port: number }[],
  { address, port }: { address: string; port: number },
): string {
  const rules = accounts.map(
    (own) => `ip daddr ${address} tcp dport ${port} ip dscp ${own.mark} dnat to ${address}:${own.port}`,
  );
  return `table ip proxy_ports {
  chain accounts {
    type nat hook prerouting priority dstnat; policy accept;
    ${rules.join('\n    ')}
  }
}
`;
}
