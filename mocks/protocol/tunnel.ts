import { z } from 'zod';

/**
 * Private Access: the connector opens TLS tunnels of its own towards the service, with its client
 * certificate. What a device on the path sees is as documented: such TLS to a host below the
 * service's suffix, and HTTP/2 inside (the real one is gRPC over it, connector-facts 1.9). Host, paths
 * and headers are ours: one HTTP/1.1 request opens, then one HTTP/2 connection carries everything.
 */
export const tunnelPath = '/tunnel/open';

export const connectorVersionHeader = 'x-cwap-connector-version';

/** `carries`: the tenant has private resources, so that the connector opens the second connection. */
export const tunnelReplySchema = z.object({ tunnel: z.guid(), carries: z.boolean() });

/** On the second connection: a stream on which the service announces flows, one JSON line each. */
export const controlPath = '/tunnel/control';
/** And one stream per flow, in both directions, opened by the connector. */
export const flowPath = '/tunnel/flow';
/** Which flow a stream is for. */
export const flowHeader = 'x-lab-flow';
/** What became of the connection to the resource: `ok`, or the result that the connector saw. */
export const resultHeader = 'x-lab-result';
/** Users' side: why not, in words. */
export const reasonHeader = 'x-lab-reason';
/** Users' side: `tcp`, or `udp`, which is not carried. */
export const protocolHeader = 'x-lab-protocol';

const flowSchema = z.object({
  flow: z.guid(),
  host: z.string().max(253),
  port: z.int().min(1).max(65_535),
});
/** A user's connection, as the service announces it to the connector. */
export type Flow = z.infer<typeof flowSchema>;

export function encodeFlow(flow: Flow): string {
  return `${JSON.stringify(flow)}\n`;
}

/** A flow, or undefined for what is none. */
export function decodeFlow(line: string): Flow | undefined {
  try {
    return flowSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
