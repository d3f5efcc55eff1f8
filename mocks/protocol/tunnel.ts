import { z } from 'zod';

/**
 * Private Access: the connector opens TLS tunnels of its own towards the service. Host and request
 * are assumed (the real one is gRPC to a host below the service's suffix, connector-facts 1.9); what
 * a device on the path sees, TLS with the client certificate to that suffix, is as documented.
 */
export const tunnelPath = '/tunnel/open';

/** Older connectors carry no Private Access traffic. */
export const oldestForTunnels = '1.5.3417.0';

export const connectorVersionHeader = 'x-cwap-connector-version';

export const tunnelReplySchema = z.object({ tunnel: z.guid() });
