import { z } from 'zod';
import { ruleList } from './rule-schema.js';

/** What a firewall does with what no rule fits. */
export const firewallDefault = z.enum(['allow', 'drop', 'reject', 'reset']);

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
