import { z } from 'zod';
import { durationOf, durationPattern } from './duration.js';
import { nameMatches } from './match/index.js';

/** Values that many parts of a site file are made of. */

export const name = z.string().min(1).max(128);
/** `198.18.4.0/24`, `198.18.4.1`, `198.18.4.1-198.18.4.9`, `*.msappproxy.net`, `.msappproxy.net`, a host, a service tag, `any`. */
export const destination = z
  .string()
  .max(253)
  .regex(/^[\p{L}\p{N}_.*:/-]+$/u, 'a host, *.domain, address, range, service tag or any');
export const nameMatch = z.enum(nameMatches);
/** A host of a list, with how it is compared where that is not said by how it is written. */
export const hostEntry = z.union([
  destination,
  z.strictObject({
    host: destination.describe('The host, `*.domain` or other pattern.'),
    match: nameMatch.describe(
      'How it is compared with names: `one-label` takes `*.x` exactly one label deep, `ends-with` every name that ends so, also in the middle of a label.',
    ),
  }),
]);
/** Hosts of a list. `documented` stands for those of the requirements page. */
export const hostList = z.array(hostEntry);
export const portNumber = z.int().min(1).max(65_535);
const aRange = 'a range of ports such as 8080-8090';
const portOrRange = z.union([portNumber, z.string().regex(/^\d{1,5}-\d{1,5}$/, aRange)], {
  error: `a port from 1 to 65535, or ${aRange}`,
});
export const portList = z.array(portOrRange);
const somePorts = 'a port, a range such as 8080-8090, a list of them such as "443, 8080-8090", or any';
/** `443`, `8080-8090`, `"443, 8080-8090"`, a list of ports and ranges, or `any`. */
export const ports = z.union(
  [
    portNumber,
    z.string().regex(/^\d{1,5}(-\d{1,5})?(\s*,\s*\d{1,5}(-\d{1,5})?)*$/, somePorts),
    portList.min(1),
    z.literal('any'),
  ],
  { error: somePorts },
);
export const isoDate = z.iso.date();

const aDuration = 'a duration such as 40ms, 30s, 4m, 2h or 10d';
/** `40ms`, `4m`, `10d` → milliseconds; within bounds that are written in the same way, both included. */
export function duration(least: string, most: string) {
  const [from, to] = [durationOf(least) ?? 0, durationOf(most) ?? Number.POSITIVE_INFINITY];
  return z
    .string(aDuration)
    .regex(durationPattern, aDuration)
    .transform((text) => durationOf(text) ?? 0)
    .refine((ms) => ms >= from && ms <= to, { message: `has to be from ${least} to ${most}` });
}

/** Quoted in YAML: 4.10 without is the number 4.1. */
const aVersion = 'a version in quotes, such as "4.8" or "1.5.3437.0"';
export const versionText = z.string(aVersion).regex(/^\d+(\.\d+){1,3}$/, aVersion);
