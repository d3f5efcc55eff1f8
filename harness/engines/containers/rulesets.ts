import { userIds } from '../../../docker/agent/dial.js';
import { liveRule, log } from '../../../docker/agent/nflog.js';
import { inspectionPort } from '../../../docker/agent/ports.js';
import { peekPorts } from '../../../docker/agent/sni-firewall.js';
import type { Account } from '../../../model/evidence/vocabulary.js';
import { accounts } from '../../../model/evidence/vocabulary.js';
import type { SiteAddresses } from '../../../model/site/addresses.js';
import { linkRules } from '../../../model/site/link-rules.js';
import type { Server, Site } from '../../../model/site/schema.js';
import { noSet } from './dnsmasq.js';
import { type Compiled, compile } from './nftables.js';

/** Packets to here are logged and go nowhere: by them a sensor is proved to live. */
const live = `chain live {
  type filter hook output priority -10; policy accept;
  ${liveRule}
}`;

/** Only the first packet of a connection is decided about; the others belong to a state. */
const opening = 'tcp flags & (syn | ack) == syn';
const later = 'tcp flags & (syn | ack) != syn';

/**
 * The accounts as a firewall in the network knows them. Real ones ask an identity agent on the
 * server; here the server writes the account into the DSCP field of its packets.
 */
function mark(account: Account): number {
  return accounts.indexOf(account) + 1;
}

export function addressesByName(
  site: Site,
  { servers, proxy }: SiteAddresses,
): (machine: string) => string | undefined {
  return (machine) => servers.get(machine) ?? (site.proxy && machine === 'proxy' ? proxy : undefined);
}

/** The gateway: edge firewall, what comes from outside, redirection to the inspector. */
export function gatewayRuleset(site: Site, addresses: SiteAddresses): { text: string; edge: Compiled } {
  const edge = compile(site.firewall, {
    device: 'edge',
    addressOf: addressesByName(site, addresses),
    accountMatch: (account) => `ip dscp ${mark(account)}`,
    peeks: site.firewall['names-from'] === 'sni',
  });
  const inbound = site.firewall.inbound === 'drop' ? 'drop' : 'accept';
  const own = [addresses.resolver, addresses.inspectionList];
  const rules = linkRules(site.link);
  // Of everything there is no share to draw.
  const drawn = site.link.loss < 1 ? `numgen random mod 1000000 < ${Math.round(site.link.loss * 1e6)} ` : '';
  const lost = `meta l4proto tcp ${drawn}${log('link lost')} drop`;
  const text = `flush ruleset
table inet lab {
set ${noSet} { type ipv4_addr; }
${edge.sets}
chain edge {
  type filter hook prerouting priority mangle; policy accept;
  iifname != "inside" accept
  ip daddr { ${own.join(', ')} } accept
  meta l4proto != tcp ${log('other')} drop
  ct state established,related accept
  ${later} ${log('gone')} drop
${edge.rules}
}
chain inbound {
  type filter hook forward priority 0; policy accept;
  iifname "outside" ct state new ${opening} ${log('inbound')} ${inbound}
  iifname "outside" ct state new,invalid ${later} ${log('gone')} drop
}
chain inspector {
  type nat hook prerouting priority dstnat; policy accept;
  iifname "inside" meta mark 1 tcp dport { 80, 8080 } redirect to :${peekPorts.http}
  iifname "inside" meta mark 1 meta l4proto tcp redirect to :${peekPorts.tls}
  ${site.inspection ? `iifname "inside" tcp dport 443 redirect to :${inspectionPort}` : ''}
}
chain onward {
  type filter hook output priority 0; policy accept;
  ${carriesOn(site) ? `oifname { "outside", "link" } ${opening} ${log('onward')}` : ''}
}
chain sent {
  type filter hook postrouting priority 200; policy accept;
  oifname != "outside" accept
  ${rules.delay ? `${opening} ${log('link delay')}` : ''}
  ${rules.loss ? lost : ''}
}
chain received {
  type filter hook prerouting priority raw; policy accept;
  ${rules.loss ? `iifname "outside" ${lost}` : ''}
}
${live}
}
`;
  return { text, edge };
}

/** Whether a program at the gateway carries connections on that it did not name: those have to be seen. */
function carriesOn({ inspection, firewall }: Site): boolean {
  return firewall['names-from'] === 'sni' || (inspection !== undefined && inspection.product !== 'node');
}

/** A server: its host firewall, its accounts written into packets, and refusals that come back. */
export function serverRuleset(
  site: Site,
  server: Server,
  addresses: SiteAddresses,
): { text: string; host: Compiled } {
  const host = compile(server['host-firewall'], {
    device: 'host',
    addressOf: addressesByName(site, addresses),
    accountMatch: (account) => `meta skuid ${userIds[account]}`,
  });
  const marks = accounts.map((account) => `meta skuid ${userIds[account]} ip dscp set ${mark(account)}`);
  const text = `flush ruleset
table inet lab {
${host.sets}
chain accounts {
  type filter hook output priority mangle; policy accept;
  ${opening} jump identify
}
chain identify {
${marks.join('\n')}
}
chain host {
  type filter hook output priority 0; policy accept;
  oifname "lo" accept
  meta l4proto != tcp accept
  ${later} accept
${host.rules}
}
# Without a sequence number it is the answer to a SYN, and no end of a connection that stood.
chain refused {
  type filter hook input priority 0; policy accept;
  iifname != "lo" tcp flags & (rst | ack) == (rst | ack) tcp sequence 0 ${log('refused')} accept
}
${live}
}
`;
  return { text, host };
}
