import { z } from 'zod';
import { durationOf, durationPattern } from './duration.js';

/** Values that many parts of a site file are made of. */

export const name = z.string().min(1).max(128);
/** `198.18.4.0/24`, `198.18.4.1`, `198.18.4.1-198.18.4.9`, `*.msappproxy.net`, a host, a service tag, `any`. */
export const destination = z
  .string()
  .max(253)
  .regex(/^[\p{L}\p{N}_.*:/-]+$/u, 'a host, *.domain, address, range, service tag or any');
/** Hosts of a list. `documented` stands for those of the requirements page. */
export const hostList = z.array(destination);
export const portNumber = z.int().min(1).max(65_535);
export const ports = z.union([portNumber, z.array(portNumber).min(1), z.literal('any')]);
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
