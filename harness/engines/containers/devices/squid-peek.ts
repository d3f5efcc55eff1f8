import { peekPorts, peekPortsOf, sniCertificateFile } from '../../../../docker/agent/devices/sni-firewall.js';
import { silentLabel, squidBasics } from '../../../../docker/agent/squid-process.js';
import type { Account } from '../../../../model/evidence/vocabulary.js';
import { patternRegex } from '../../../../model/policy/match-host.js';
import { neverFits } from '../../../../model/policy/never-fits.js';
import { actionOf } from '../../../../model/policy/rule-name.js';
import { portTexts } from '../../../../model/site/port-list.js';
import type { Firewall } from '../../../../model/site/schema.js';
import { accountsNamed } from './account-mark.js';
import { targetOf } from './rule-target.js';

/**
 * The part of an edge firewall that reads names from the ClientHello or the Host header, as squid's
 * configuration: it peeks at what the kernel hands over and goes through the policy in order. Each rule
 * tells the witness its position; the witness of a rule that drops, or resets HTTP, never answers, so that nothing
 * else happens to the connection: the lab ends it.
 */
export function sniFirewallConfiguration(
  policy: Firewall,
  { resolver, addressOf, markOf }: Surroundings,
): string {
  const acls: string[] = [];
  const tls: string[] = [];
  const http: string[] = [];
  const add = (label: string, action: string, conditions: Conditions = {}) => {
    for (const [name, text] of Object.entries(conditions)) acls.push(`acl rule-${label}-${name} ${text}`);
    const names = (other: 'server' | 'host') =>
      Object.keys(conditions).flatMap((name) => (name === other ? [] : `rule-${label}-${name}`));
    const [seen, heard] = [`rule-${label}-seen`, `rule-${label}-heard`];
    acls.push(`acl ${seen} external seen ${action === 'drop' ? silentLabel(label) : label}`);
    tls.push(['ssl_bump', action === 'allow' ? 'splice' : 'terminate', ...names('host'), seen].join(' '));
    // Of HTTP squid resets nothing that a helper was asked about (5.7 answers 403 in spite of `deny_info TCP_RESET`).
    acls.push(`acl ${heard} external seen ${action === 'allow' ? label : silentLabel(label)}`);
    http.push(['http_access', action === 'allow' ? 'allow' : 'deny', ...names('server'), heard].join(' '));
  };
  policy.rules.forEach((rule, index) => {
    if (neverFits(rule)) return;
    // Of the others the kernel has decided before.
    if (policy['names-from'] === 'dns' && rule.layer === undefined) return;
    const conditions: Conditions = {};
    if (rule.from !== undefined) {
      const addresses = [rule.from].flat().flatMap((one) => addressOf(one) ?? []);
      if (addresses.length === 0) return;
      conditions.from = `src ${addresses.join(' ')}`;
    }
    if (rule.account !== undefined) conditions.account = `myportname ${portNames(markOf(rule.account))}`;
    if (rule.port !== 'any') conditions.port = `localport ${portTexts(rule.port).join(' ')}`;
    const target = targetOf(rule);
    if (target.kind === 'nothing') return;
    if (target.kind === 'ranges') conditions.to = `localip ${target.ranges.join(' ')}`;
    if (target.kind === 'names') {
      const pattern = patternRegex(target.destination, target.match);
      conditions.server = `ssl::server_name_regex -i ${pattern}`;
      conditions.host = `dstdom_regex -n -i ${pattern}`;
    }
    const action = actionOf(rule);
    add(`${index}`, action === 'deny' ? 'drop' : action, conditions);
  });
  add('default', policy.default);
  return `http_port 127.0.0.1:${peekPorts.ready}
${peeking(peekPorts)}
${accountsNamed(policy)
  .map((account) => peeking(peekPortsOf(markOf(account))))
  .join('\n')}
${squidBasics('%SRC %SRCPORT %ssl::>sni %DST %DATA')}
dns_nameservers ${resolver}
host_verify_strict off
http_upgrade_request_protocols OTHER allow all
acl first at_step SslBump1
acl tunnels method CONNECT
${acls.join('\n')}
ssl_bump peek first
${tls.join('\n')}
http_access allow tunnels
${http.join('\n')}
`;
}

interface Surroundings {
  resolver: string;
  /** Address of a machine that a rule may name. */
  addressOf(machine: string): string | undefined;
  /** An account's mark in packets: squid knows no accounts, so the kernel hands those of each to ports of its own. */
  markOf(account: Account): number;
}

/** Ports of squid to which the kernel hands connections. */
function peeking({ tls, http }: { tls: number; http: number }): string {
  return `http_port 0.0.0.0:${http} intercept name=port-${http}
https_port 0.0.0.0:${tls} intercept ssl-bump tls-cert=${sniCertificateFile} generate-host-certificates=off name=port-${tls}`;
}

function portNames(mark: number): string {
  const { tls, http } = peekPortsOf(mark);
  return `port-${tls} port-${http}`;
}

/** squid's conditions of one rule, by what they are about. */
type Conditions = Partial<Record<'from' | 'account' | 'port' | 'to' | 'server' | 'host', string>>;
