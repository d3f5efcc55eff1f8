import { z } from 'zod';

const name = z.string().min(1).max(128);
const host = z.string().min(1).max(253);
const port = z.int().min(1).max(65_535);
const portRange = z.string().regex(/^\d{1,5}-\d{1,5}$/, 'a range of ports such as 8000-8100');
const portOrRange = z.union([port, portRange]);

/** One line of a segment list: TCP to a name (`*.x` with all below it), an address, a CIDR or a range. */
const segmentSchema = z.strictObject({
  to: host,
  ports: z.union([portOrRange, z.array(portOrRange).min(1).max(100)]),
});
export type Segment = z.infer<typeof segmentSchema>;

const segments = z.array(segmentSchema).max(500).default([]);

/** Private Access: what users reach through the connectors, by name or address and port. */
export const privateAccessSchema = z.strictObject({
  'quick-access': z
    .strictObject({
      group: name.default('Default'),
      segments,
      /** Users it is assigned to; everybody in the directory, where absent. */
      users: z.array(name).optional(),
    })
    .prefault({}),
  /** Applications with segments, users and a group of their own; they come before Quick Access. */
  applications: z
    .array(
      z.strictObject({ name, group: name.default('Default'), segments, users: z.array(name).default([]) }),
    )
    .default([]),
  /** What answers inside the site: hosts that say again whatever they are told. */
  resources: z
    .array(
      z.strictObject({
        host,
        ports: z.array(port).min(1),
        state: z.enum(['running', 'stopped']).default('running'),
      }),
    )
    .max(100)
    .default([]),
});
export type PrivateAccess = z.infer<typeof privateAccessSchema>;

/** The ports of a segment as ranges, first and last included. */
export function portRangesOf({ ports }: Segment): [first: number, last: number][] {
  return [ports].flat().map((one) => {
    const [first = 0, last = first] = String(one).split('-').map(Number);
    return [first, last];
  });
}

/** What a user connects to: a name or address, and a port. */
export interface AccessTarget {
  host: string;
  port: number;
  /** The first user who is no administrator, where absent. */
  user?: string;
  /** TCP, where absent. */
  protocol?: 'tcp' | 'udp';
}
