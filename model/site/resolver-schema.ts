import { z } from 'zod';
import { withoutMask } from './address-range.js';
import { destination, nameMatch } from './values.js';

/** One name, and what a resolver wrongly says of it. */
export const resolverFault = z
  .strictObject({
    name: destination.describe('The name it is about, or `*.domain` for every name below the domain.'),
    match: nameMatch
      .optional()
      .describe(
        'How the name is compared: `one-label` takes `*.x` exactly one label deep. Default: by how it is written.',
      ),
    answer: z
      .enum(['nxdomain', 'timeout', 'wrong-address', 'no-chain'])
      .describe(
        'What is answered: no such name, nothing at all, another address, or only the first alias of a chain.',
      ),
    address: z
      .string()
      .optional()
      .describe('The address given for `wrong-address`. Default: one of the lab that nobody has.'),
  })
  .describe('One name, and what the resolver wrongly says of it.');

export const resolverSchema = z.strictObject({
  zones: z
    .record(
      destination,
      destination.transform((text) => withoutMask(text) ?? text),
    )
    .default({})
    .describe(
      'Names of the site: host to address, or domain to network (`contoso.test: 198.18.130.0/24`). Below such a domain no public name is answered (split DNS). Default: none.',
    ),
  faults: z
    .array(resolverFault)
    .default([])
    .describe('What it says wrongly of public names; the first that fits decides. Default: nothing.'),
});
export type Resolver = z.infer<typeof resolverSchema>;
