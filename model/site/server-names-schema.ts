import { z } from 'zod';
import { isAddress } from './address-range.js';
import { resolverFault } from './resolver-schema.js';

const hostName = z
  .string()
  .max(253)
  .regex(/^[\p{L}\p{N}_.-]+$/u, 'a host; a hosts file knows no wildcards');

/** Addresses that Windows has fixed for names, and asks nobody for. */
export const hostsFileSchema = z
  .record(hostName, z.string().refine(isAddress, { message: 'has to be an address, such as 198.18.130.20' }))
  .default({})
  .describe(
    'Lines of its hosts file: host to address. They come before every resolver. An application for which no zone has an address is where the first such line says. Default: none.',
  );

export const ownResolverSchema = z
  .strictObject({
    'site-names': z
      .boolean()
      .default(true)
      .describe(
        "Whether it answers the site's own names (zones, applications, proxy) as the site's resolver does; `false`: it knows public names only. Default: `true`.",
      ),
    faults: z
      .array(resolverFault)
      .default([])
      .describe('What this resolver says wrongly; the first that fits decides. Default: nothing.'),
  })
  .optional()
  .describe("A resolver that this server asks in place of the site's. Default: it asks the site's.");

export const searchListSchema = z
  .array(hostName)
  .max(50)
  .optional()
  .describe(
    "Suffixes with which it asks for names of one label, in order; `[]`: none, so that such names do not resolve. Default: the tenant's domain.",
  );
