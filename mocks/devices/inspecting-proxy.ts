import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { decideInspection } from '../../model/policy/inspection.js';
import type { Inspection as InspectionSettings } from '../../model/site/schema.js';
import type { InspectionAuthority } from '../pki/inspection-authority.js';
import { type Attempt, decided, type Emitter } from './decided.js';
import { inPlaceOf, inspection } from './inspection.js';

const opened = 'HTTP/1.1 200 Connection established\r\n\r\n';

/**
 * What a proxy does that reads what is said in its tunnels, as squid with `ssl-bump`: it says that the
 * tunnel is open, ends the client's TLS with a certificate of its own authority, and dials only then.
 */
export function inspectsTunnels(
  context: Emitter,
  { settings, authority }: { settings: InspectionSettings; authority: InspectionAuthority },
  unreachable: (error: unknown) => string,
) {
  const standing = inspection(context, settings, authority, unreachable);
  return {
    /** Whether it reads a tunnel; that it leaves one alone it writes down. */
    reads(attempt: Attempt): boolean {
      const decision = decideInspection(settings, attempt.flow.host);
      if (decision.action === 'bypass') decided(context, attempt, { device: 'inspector', ...decision });
      return decision.action === 'inspect';
    },
    stand(attempt: Attempt, client: Socket, dial: () => Promise<Duplex>): Promise<void> {
      client.write(opened);
      return standing(attempt, client, async () => (await dial()) as Socket);
    },
    /** Refuses inside TLS: what the client then reads there is `answer`, in HTTP. */
    async answer({ connection, flow: { host } }: Attempt, client: Socket, answer: string): Promise<void> {
      client.write(opened);
      try {
        const server = await inPlaceOf(context, settings, authority, connection, host, client);
        server.once('data', () => server.end(answer));
      } catch {
        // The client has said why in its own evidence.
        client.destroy();
      }
    },
  };
}
