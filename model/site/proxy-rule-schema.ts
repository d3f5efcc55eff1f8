import { z } from 'zod';
import type { HostEntry } from './host-entry.js';
import { conditions, forEachDestination, ruleName } from './rule-schema.js';
import { destination, hostEntry, hostList, name } from './values.js';

/** The rules of proxies in a site file: of requests, as those of firewalls are of connections. */

export const proxyActions = ['allow', 'deny', 'ask'] as const;
export type ProxyRuleAction = (typeof proxyActions)[number];

const destinations =
  'a host, `*.domain` for all names below, `.domain` for it too, a name with `*` for any text, `any`, `documented` for the page\'s rows; or a list of these and of `{ host: "*.x", match: one-label }`. Addresses are compared as written.';

function actions<To extends z.ZodType>(to: To) {
  return {
    allow: to.optional().describe(`Lets requests for this destination through: ${destinations}`),
    deny: to.optional().describe('Refuses them. Destinations are written as for `allow`.'),
    ask: to
      .optional()
      .describe(
        'Asks who sends them, by the schemes of `authentication`; who can answer goes on to the next rule. Connectors cannot. Destinations are written as for `allow`.',
      ),
  };
}

/** Of a parent: which server or account asks, no second proxy is told. */
const parentConditions = {
  except: hostList
    .default([])
    .describe('Hosts that it is not about, of those of its destination. Default: none.'),
  port: conditions.port,
  match: conditions.match,
  method: z
    .enum(['connect', 'plain'])
    .optional()
    .describe(
      'How the proxy is asked: for a tunnel (`connect`), or to fetch something in the clear (`plain`, `GET http://…`), as revocation lists are. Default: both.',
    ),
  unclear: conditions.unclear,
  source: conditions.source,
};

const ownConditions = {
  ...parentConditions,
  account: conditions.account,
  from: z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe(
      'The servers whose requests it is about: names, or addresses, CIDRs, `network/mask` and ranges in which the lab has servers (198.18.1.10 is the first). Default: all of them.',
    ),
};

const oneAction = (rule: Partial<Record<ProxyRuleAction, unknown>>) =>
  proxyActions.filter((action) => rule[action] !== undefined).length === 1;
const needsOne = { message: `a rule of a proxy needs exactly one of ${proxyActions.join(', ')}` };

const singleRule = z.strictObject({ name: ruleName, ...actions(destination), ...ownConditions });
/** A rule about one destination: what is decided by. */
export type ProxyRule = z.infer<typeof singleRule>;

const manyDestinations = actions(z.union([destination, z.array(hostEntry).min(1)]));
export const writtenProxyRuleSchema = z
  .strictObject({ name: ruleName, ...manyDestinations, ...ownConditions })
  .refine(oneAction, needsOne);
type WrittenProxyRule = z.infer<typeof writtenProxyRuleSchema>;
const writtenParentRuleSchema = z
  .strictObject({ name: ruleName, ...manyDestinations, ...parentConditions })
  .refine(oneAction, needsOne);

const rulesInWords =
  'What it does with requests; the first rule that fits decides, as of the `http_access` lines of squid. Default: there are none, and `default` decides.';

export const proxyRuleList = z
  .array(writtenProxyRuleSchema)
  .transform((rules): ProxyRule[] => rules.flatMap(singleRules))
  .prefault([])
  .describe(rulesInWords);
export const parentRuleList = z
  .array(writtenParentRuleSchema)
  .transform((rules): ProxyRule[] => rules.flatMap(singleRules))
  .prefault([])
  .describe(rulesInWords);

/** What a rule does. */
export function proxyActionOf(rule: Partial<Record<ProxyRuleAction, unknown>>): ProxyRuleAction {
  return proxyActions.find((action) => rule[action] !== undefined) ?? 'deny';
}

/** The destinations of a rule as it is written. */
export function proxyDestinationsOf(rule: WrittenProxyRule): readonly HostEntry[] {
  return [rule[proxyActionOf(rule)] ?? []].flat();
}

/** The destination of a rule about one, with how it is compared. */
export function proxyEntryOf(rule: ProxyRule): HostEntry {
  const host = rule[proxyActionOf(rule)] ?? 'any';
  return rule.match ? ({ host, match: rule.match } as HostEntry) : host;
}

function singleRules(rule: WrittenProxyRule): ProxyRule[] {
  const { allow: _a, deny: _d, ask: _q, ...others } = rule;
  return forEachDestination(proxyActionOf(rule), proxyDestinationsOf(rule), others);
}
