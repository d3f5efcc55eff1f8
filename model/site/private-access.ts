import { z } from 'zod';

const name = z.string().min(1).max(128);
const host = z.string().min(1).max(253);
const group = name.default('Default').describe('The connector group that carries it. Default: `Default`.');
const port = z.int().min(1).max(65_535);
const portRange = z.string().regex(/^\d{1,5}-\d{1,5}$/, 'a range of ports such as 8000-8100');
const portOrRange = z.union([port, portRange]);

/** Where users may connect to. */
export const segmentSchema = z.strictObject({
  to: host.describe('A name, `*.domain` with all below it, an address, a CIDR or a range.'),
  ports: z
    .union([portOrRange, z.array(portOrRange).min(1).max(100)])
    .describe('TCP port, range `8000-8100`, or a list of both.'),
});
export type Segment = z.infer<typeof segmentSchema>;

const segments = z
  .array(segmentSchema)
  .max(500)
  .default([])
  .describe('Where TCP is carried to; the first segment that fits decides. Default: nowhere.');

/** Private Access: what users reach through the connectors, by name or address and port. */
export const privateAccessSchema = z.strictObject({
  'quick-access': z
    .strictObject({
      ...{ group, segments },
      users: z
        .array(name)
        .optional()
        .describe('Users to whom it is assigned. Default: everybody in the directory.'),
    })
    .prefault({})
    .describe('The segments that need no application of their own.'),
  applications: z
    .array(
      z.strictObject({
        name: name.describe('Name of the application.'),
        ...{ group, segments },
        users: z.array(name).default([]).describe('Users to whom it is assigned. Default: nobody.'),
      }),
    )
    .default([])
    .describe(
      'Applications with segments, users and a group of their own; they come before Quick Access. Default: none.',
    ),
  resources: z
    .array(
      z.strictObject({
        host: host.describe('Name or address inside the site.'),
        ports: z.array(port).min(1).describe('TCP ports on which it answers.'),
        state: z
          .enum(['running', 'stopped'])
          .default('running')
          .describe('Whether it answers. Default: `running`.'),
      }),
    )
    .max(100)
    .default([])
    .describe(
      'What answers inside the site: hosts that say again whatever they are told, 100 at most. Default: none.',
    ),
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
