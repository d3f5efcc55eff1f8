import { type LogPrefix, log } from '../../../../docker/agent/log-prefix.js';
import type { Account } from '../../../../model/evidence/vocabulary.js';
import type { PolicyAction } from '../../../../model/policy/decide.js';
import { neverFits } from '../../../../model/policy/never-fits.js';
import { actionOf } from '../../../../model/policy/rule-name.js';
import type { SiteAddresses } from '../../../../model/site/addresses.js';
import type { HostEntry } from '../../../../model/site/host-entry.js';
import type { MatchName } from '../../../../model/site/match/index.js';
import { portTexts } from '../../../../model/site/port-list.js';
import { proxiesOf } from '../../../../model/site/proxies.js';
import type { Firewall, Rule, Site } from '../../../../model/site/schema.js';
import { targetOf } from './rule-target.js';

/** How a compiled firewall knows what the site's rules are about. */
export interface Knowledge {
  /** Prefix of the names of sets and log lines: which firewall this is. */
  device: 'edge' | 'host';
  /** Its place among several, from 0. */
  place?: number;
  /** Address of a machine that a rule may name. */
  addressOf(machine: string): string | undefined;
  /** Rules whose names come from the first bytes of a connection, so that it is let in to be looked at. */
  peeks?(rule: Rule): boolean;
  /** Names for which it follows another resolver. */
  otherAnswers?: readonly HostEntry[];
  /** What tells an account's packets from others'. */
  accountMatch(account: Account): string;
}

/** A set that is filled while the lab runs, with the addresses of names. */
export interface NameSet {
  set: string;
  destination: string;
  match: MatchName;
  /** Names of which it learns nothing. */
  except?: readonly HostEntry[];
}

export interface Compiled {
  /** Declarations of sets, for the table. */
  sets: string;
  /** Rules for a chain that sees packets which open a TCP connection. The last one is the default. */
  rules: string;
  names: NameSet[];
}

const verdicts: Readonly<Record<PolicyAction, string>> = {
  allow: 'accept',
  drop: 'drop',
  reject: 'reject with icmpx type port-unreachable',
  reset: 'reject with tcp reset',
};

/**
 * Compiles a policy for the kernel. Every rule logs what it decides before it does so, under a prefix
 * that holds its position: evidence names the rule, whatever it is called.
 */
export function compile(policy: Pick<Firewall, 'default' | 'rules'>, knowledge: Knowledge): Compiled {
  const { device, place = 0, otherAnswers = [] } = knowledge;
  const sets: string[] = [];
  const rules: string[] = [];
  const names: NameSet[] = [];
  const prefix = (rule: number | 'default'): LogPrefix => ({
    kind: device,
    rule,
    ...(place > 0 && { place }),
  });
  policy.rules.forEach((rule, index) => {
    const target = targetOf(rule);
    const matches = matchesOf(rule, knowledge);
    // What can fit no packet is no rule, and keeps its number.
    if (!matches || target.kind === 'nothing') return;
    const set = setName(device, place, index);
    if (target.kind === 'ranges')
      sets.push(
        `set ${set} { type ipv4_addr; flags interval; auto-merge; elements = { ${target.ranges.join(', ')} }; }`,
      );
    if (target.kind === 'names' && knowledge.peeks?.(rule)) {
      rules.push([...matches, 'meta mark set 1', log({ kind: 'edge peek' }), 'accept'].join(' '));
      return;
    }
    if (target.kind === 'names') {
      sets.push(`set ${set} { type ipv4_addr; }`);
      names.push({
        ...{ set, destination: target.destination, match: target.match },
        ...(otherAnswers.length > 0 && { except: otherAnswers }),
      });
    }
    const where = target.kind === 'any' ? [] : [`ip daddr @${set}`];
    const action = actionOf(rule);
    rules.push(
      [...matches, ...where, log(prefix(index)), verdicts[action === 'deny' ? 'drop' : action]].join(' '),
    );
  });
  rules.push(`${log(prefix('default'))} ${verdicts[policy.default]}`);
  return { sets: sets.join('\n'), rules: rules.join('\n'), names };
}

/** What a set of addresses is called that one rule of a firewall has learned. */
export function setName(device: Knowledge['device'], place: number, rule: number): string {
  return place === 0 ? `${device}${rule}` : `${device}${place + 1}_${rule}`;
}

function matchesOf(rule: Rule, { addressOf, accountMatch }: Knowledge): string[] | undefined {
  if (neverFits(rule)) return undefined;
  const matches: string[] = [];
  if (rule.from !== undefined) {
    const addresses = [rule.from].flat().flatMap((one) => addressOf(one) ?? []);
    if (addresses.length === 0) return undefined;
    matches.push(`ip saddr { ${addresses.join(', ')} }`);
  }
  if (rule.account !== undefined) matches.push(accountMatch(rule.account));
  if (rule.port !== 'any') matches.push(`tcp dport { ${portTexts(rule.port).join(', ')} }`);
  return matches;
}

export function addressesByName(
  site: Site,
  { servers }: SiteAddresses,
): (machine: string) => string | undefined {
  return (name) => servers.get(name) ?? proxiesOf(site).find(({ machine }) => machine === name)?.address;
}
