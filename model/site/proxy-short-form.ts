import { entryMatch, entryText, type HostEntry } from './host-entry.js';
import { type Ports, portRanges, rangeText } from './port-list.js';
import { type ProxyRule, proxyRuleList } from './proxy-rule-schema.js';
import { hostList, portList } from './values.js';

/** Lists in place of rules, as most products' forms ask for them: each says what rules behind the own ones say. */
export const shortForm = {
  deny: hostList
    .optional()
    .describe('Hosts that it refuses, behind `rules`: short for a rule with `deny` for each. Default: none.'),
  allow: hostList
    .optional()
    .describe(
      'The only hosts that it lets through, behind `rules` and `deny`: short for a rule with `allow` for each, and `default: deny`. Default: all.',
    ),
  ports: portList
    .optional()
    .describe(
      'Ports to which it opens tunnels, as `SSL_ports` of squid: short for a rule that denies `connect` to all others, behind `rules`. Default: all.',
    ),
  'plain-ports': portList
    .optional()
    .describe(
      'Ports to which it sends requests in the clear, as `Safe_ports` of squid: short for a rule that denies `plain` to all others, behind `rules`. Default: all.',
    ),
};

export interface Short {
  deny?: HostEntry[] | undefined;
  allow?: HostEntry[] | undefined;
  ports?: Exclude<Ports, number | string> | undefined;
  'plain-ports'?: Exclude<Ports, number | string> | undefined;
}

/** A proxy of which the lists are rules. */
export function withoutShortForm<P extends { default: 'allow' | 'deny'; rules: ProxyRule[] }>(
  written: P & Short,
): Omit<P, keyof Short> {
  const { deny = [], allow, ports, 'plain-ports': plain, ...proxy } = written;
  const rules = proxyRuleList.parse([
    ...(ports ? [{ deny: 'any', method: 'connect', port: allBut(ports) }] : []),
    ...(plain ? [{ deny: 'any', method: 'plain', port: allBut(plain) }] : []),
    ...deny.map((entry) => ({ deny: entryText(entry), match: matchOf(entry) })),
    ...(allow ?? []).map((entry) => ({ allow: entryText(entry), match: matchOf(entry) })),
  ]);
  return { ...proxy, ...(allow && { default: 'deny' as const }), rules: [...proxy.rules, ...rules] };
}

function matchOf(entry: HostEntry) {
  return typeof entry === 'string' ? undefined : entryMatch(entry);
}

/** Every port that is not in a list. */
function allBut(ports: Ports): string[] {
  const open = [...portRanges(ports)].sort(([a], [b]) => a - b);
  const closed: string[] = [];
  let next = 1;
  for (const [first, last] of open) {
    if (first > next) closed.push(rangeText([next, first - 1]));
    next = Math.max(next, last + 1);
  }
  if (next <= 65_535) closed.push(rangeText([next, 65_535]));
  return closed;
}
