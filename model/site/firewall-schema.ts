import { z } from 'zod';
import { type Rule, ruleList } from './rule-schema.js';
import { duration, hostList, name } from './values.js';

/** What a firewall does with what no rule fits. */
export const firewallDefault = z.enum(['allow', 'drop', 'reject', 'reset']);

const several = 'one firewall; several, one behind the other, stand in firewalls, each with a name';

const fields = {
  default: firewallDefault
    .default('drop')
    .describe('What becomes of connections that no rule fits. Default: `drop`, silence.'),
  'names-from': z
    .enum(['dns', 'sni'])
    .default('dns')
    .describe(
      "How it learns names: from the resolver's answers (`dns`), or from the ClientHello and the Host header once TCP is connected (`sni`). Default: `dns`.",
    ),
  rules: ruleList
    .default([])
    .describe(
      'Rules in order; the first that fits decides. Default: none, so that `default` decides alone. `{ allow: documented }` opens what the requirements page asks for.',
    ),
  'application-rules': ruleList
    .default([])
    .describe(
      'Rules behind all `rules`, whatever these are called elsewhere: they know names from the ClientHello and the Host header, as application rules of Azure Firewall do behind its network rules. Default: none.',
    ),
  'other-answers': hostList
    .default([])
    .describe(
      "Names for which it follows another resolver than the servers', which gives other addresses: where the servers go, rules by name know nothing of these. Default: none.",
    ),
  'names-lost-for': duration('1s', '7d')
    .optional()
    .describe(
      'It has lost its list of learned names at a restart when the lab begins, and servers ask for none again so long: `10m`. Until then rules by name fit nothing. Default: it has lost none.',
    ),
  'idle-timeout': duration('1s', '365d')
    .optional()
    .describe('It forgets connections without traffic for so long: `4m`. Default: never.'),
  inbound: z
    .enum(['allow', 'drop'])
    .default('drop')
    .describe(
      'What becomes of connections from the internet to the servers; the connector needs none. Default: `drop`.',
    ),
};
const written = z.strictObject(fields, {
  error: ({ code, input }) => (code === 'invalid_type' && Array.isArray(input) ? several : undefined),
});

export const firewallSchema = written.transform(inOneList);

/** One of several firewalls on the way, which are told apart by their names. */
export const namedFirewallSchema = z
  .strictObject({
    ...fields,
    name: name.describe('By which results, requests and reports call it: `branch`.'),
  })
  .transform(inOneList);

/** As code sees it: application rules stand behind the others in one list, and have their layer. */
export type Firewall = Omit<z.infer<typeof firewallSchema>, 'rules'> & {
  /** Where it is one of several. */
  name?: string;
  rules: Rule[];
};

function inOneList<T extends { rules: Rule[]; 'application-rules': Rule[] }>({
  rules,
  'application-rules': behind,
  ...others
}: T) {
  return {
    ...others,
    rules: [...rules, ...behind.map((rule): Rule => ({ ...rule, layer: 'application' }))],
  };
}
