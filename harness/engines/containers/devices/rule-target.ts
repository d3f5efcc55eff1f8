import ipaddr from 'ipaddr.js';
import { compiledRule } from '../../../../model/policy/compiled.js';
import { rangeOf } from '../../../../model/site/address-range.js';
import type { MatchName } from '../../../../model/site/match/index.js';
import type { Rule } from '../../../../model/site/schema.js';

/** What a rule is about, as real firewalls know destinations. */
export type RuleTarget =
  | { kind: 'any' }
  | { kind: 'nothing' }
  /** Addresses, networks and ranges of IPv4. */
  | { kind: 'ranges'; ranges: readonly string[] }
  | { kind: 'names'; destination: string; match: MatchName };

/** What can fit no packet of a lab is `nothing`. */
export function targetOf(rule: Rule): RuleTarget {
  const { kind, destination, match } = compiledRule(rule);
  if (kind.by === 'any') return { kind: 'any' };
  if (kind.by === 'address') return ranges(kind.ranges(destination));
  // A path is no host.
  return destination.text.includes('/')
    ? { kind: 'nothing' }
    : { kind: 'names', destination: destination.text, match };
}

/** Lab networks are IPv4; a range of IPv6 fits none of their packets. */
function ranges(texts: readonly string[]): RuleTarget {
  const known = texts.map(rangeText).filter((text) => text !== undefined);
  return known.length > 0 ? { kind: 'ranges', ranges: known } : { kind: 'nothing' };
}

function rangeText(text: string): string | undefined {
  if (text.includes('-')) {
    const [from = '', to = ''] = text.split('-').map(ipv4);
    return from && to ? `${from}-${to}` : undefined;
  }
  if (!text.includes('/')) return ipv4(text);
  const range = rangeOf(text);
  return range?.first.length === 4 ? `${range.first.join('.')}-${range.last.join('.')}` : undefined;
}

function ipv4(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4' ? address.toString() : undefined;
}
