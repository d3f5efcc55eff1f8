import { z } from 'zod';
import { accounts } from '../evidence/vocabulary.js';
import { matchNames } from './match/index.js';
import { destination, isoDate, name, ports } from './values.js';

/** The rules of firewalls in a site file. */

export const ruleActions = ['allow', 'deny', 'reject', 'reset'] as const;
export type RuleAction = (typeof ruleActions)[number];

const destinations =
  'a host, `*.domain` for every name below the domain, `.domain` for the domain too, a name with `*` for any characters, an address, CIDR, `network/mask` or range, a service tag, `any`, or `documented` for the rows of the requirements page with their ports.';

/** First match wins. */
export const ruleSchema = z
  .strictObject({
    name: name
      .optional()
      .describe(
        'By which results and reports call the rule. Default: made of its parts, `allow *.x port 443`.',
      ),
    allow: destination.optional().describe(`Lets connections pass to this destination: ${destinations}`),
    deny: destination
      .optional()
      .describe(
        'Drops packets without an answer, so that clients wait. Destinations are written as for `allow`.',
      ),
    reject: destination
      .optional()
      .describe('Refuses at once, with ICMP "port unreachable". Destinations are written as for `allow`.'),
    reset: destination
      .optional()
      .describe('Answers with a TCP reset. Destinations are written as for `allow`.'),
    port: ports
      .default('any')
      .describe(
        'TCP ports of the destination: `443`, `8080-8090`, `"443, 8080-8090"`, or a list of ports and ranges. Default: `any`.',
      ),
    match: z
      .enum(matchNames)
      .optional()
      .describe(
        'How the destination is compared with the name or address of a connection: `suffix` takes `*.x` at any depth, `one-label` exactly one label deep. Default: by how the destination is written.',
      ),
    account: z
      .enum(accounts)
      .optional()
      .describe('The Windows account whose connections it is about. Default: all accounts.'),
    from: name
      .optional()
      .describe(
        'The machine whose connections it is about: the name of a server, or `proxy`. Default: all of them.',
      ),
    'as-of': isoDate
      .optional()
      .describe(
        'Day of the list from which the ranges of a service tag are taken, `2023-08-07`. Default: the newest.',
      ),
  })
  .refine((rule) => ruleActions.filter((action) => rule[action] !== undefined).length === 1, {
    message: `a rule needs exactly one of ${ruleActions.join(', ')}`,
  });
export type Rule = z.infer<typeof ruleSchema>;

/** What a firewall does with what no rule fits. */
export const firewallDefault = z.enum(['allow', 'drop', 'reject', 'reset']);

export const ruleList = z.array(ruleSchema);

export const firewallSchema = z.strictObject({
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
  inbound: z
    .enum(['allow', 'drop'])
    .default('drop')
    .describe(
      'What becomes of connections from the internet to the servers; the connector needs none. Default: `drop`.',
    ),
});
export type Firewall = z.infer<typeof firewallSchema>;
