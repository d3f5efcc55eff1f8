import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Transform } from 'node:stream';
import { createSecureContext, TLSSocket, connect as tlsConnect } from 'node:tls';
import { decideInspection } from '../../model/policy/inspection.js';
import { covers } from '../../model/policy/match-host.js';
import { entryName, type HostEntry } from '../../model/site/host-entry.js';
import type { Inspection as InspectionSettings } from '../../model/site/schema.js';
import type { InspectionAuthority } from '../pki/inspection-authority.js';
import { type Attempt, decided, type Emitter } from './decided.js';
import { peekName } from './peek-name.js';
import { splice } from './splice.js';

/** Stands in the middle of one connection; `next` opens the way to the server. */
export type Inspection = (attempt: Attempt, inner: Socket, next: () => Promise<Socket>) => Promise<void>;

/** HTTP in the clear. */
const clearPort = 80;

/** Ports of which an inspector reads what is said; in the clear only where it has a page to answer with. */
export function inspectedPorts(settings: InspectionSettings): readonly number[] {
  return settings['block-page'].length > 0 ? [443, clearPort] : [443];
}

/** The entry by which a host is answered with a page. */
function pageOf(settings: InspectionSettings, name: string): HostEntry | undefined {
  return settings['block-page'].find((entry) => covers(entry, name));
}

/**
 * A transparent TLS inspector: it ends the client's TLS with a certificate of its own authority and
 * begins another towards the server. The client's certificate it cannot show there; perhaps one of its own.
 * HTTP in the clear it passes on as it is, but for hosts that get its page. `unreachable`: what it answers,
 * in HTTP, where the server cannot be reached; without it the client's connection is cut.
 */
export function inspection(
  context: Emitter,
  settings: InspectionSettings,
  authority: InspectionAuthority,
  unreachable?: (error: unknown) => string,
): Inspection {
  return async (attempt, inner, next) => {
    try {
      const name = (await peekName(inner)) ?? attempt.flow.host;
      if (inner.destroyed) return;
      const decision = decideInspection(settings, name);
      if (attempt.flow.port === clearPort) {
        const page = decision.action === 'inspect' ? pageOf(settings, name) : undefined;
        return page ? block(attempt, name, page, inner) : splice(inner, await next());
      }
      decided(context, attempt, { device: 'inspector', ...decision });
      if (decision.action === 'bypass') return splice(inner, await next());
      await inspect(attempt, name, inner, next);
    } catch {
      // The side that failed has said so in its own evidence; this end of the connection is over.
      inner.destroy();
    }
  };

  async function inspect(
    attempt: Attempt,
    name: string,
    inner: Socket,
    next: () => Promise<Socket>,
  ): Promise<void> {
    const server = await inPlaceOf(context, settings, authority, attempt.connection, name, inner);
    const blocked = pageOf(settings, name);
    if (blocked) return block(attempt, name, blocked, server);
    const failed = (error: unknown): undefined => {
      if (!unreachable) throw error;
      server.once('data', () => server.end(unreachable(error)));
    };
    const onward = await next().catch(failed);
    if (!onward) return;
    const own = settings['client-certificate'] === 'own' ? await authority.clientCertificate() : undefined;
    const outward = tlsConnect({
      ...(own && { key: own.keyPem, cert: own.chainPem }),
      socket: onward,
      servername: name,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    });
    const shaken = await once(outward, 'secureConnect').catch((error: NodeJS.ErrnoException) => {
      // What stands there speaks no TLS. Of a connection that ended the client sees the end.
      if (error.code?.startsWith('ERR_SSL_')) return failed(error);
      throw error;
    });
    if (!shaken) return;
    outward.on('error', () => server.destroy());
    context.emit('inspector', {
      kind: 'tls',
      connection: attempt.connection,
      side: 'inspector-client',
      host: name,
      chain: [],
      clientCertificate: own ? 'sent' : 'none',
      outcome: 'ok',
    });
    if (settings.websocket === 'pass') return splice(server, outward);
    server.pipe(withoutUpgrade(attempt, name)).pipe(outward);
    outward.pipe(server);
    server.once('close', () => outward.destroy());
    outward.once('close', () => server.destroy());
  }

  function block(attempt: Attempt, name: string, page: HostEntry, server: Socket): void {
    decided(context, attempt, {
      device: 'inspector',
      action: 'block-page',
      rule: `block-page ${entryName(page)}`,
      explanation: `${name} is answered with a page of the inspector's own`,
    });
    const body = '<html><body><h1>Blocked by your organisation</h1></body></html>';
    server.once('data', () =>
      server.end(
        `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      ),
    );
  }

  /** Removes the upgrade from the head of the first request; the rest passes as it is. */
  function withoutUpgrade(attempt: Attempt, name: string): Transform {
    let head = Buffer.alloc(0);
    let done = false;
    return new Transform({
      transform(chunk: Buffer, _, callback) {
        if (done) return callback(null, chunk);
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return callback();
        done = true;
        const text = head.subarray(0, end).toString('latin1');
        const stripped = text.replace(/\r\n(upgrade|connection):[^\r]*/gi, '');
        if (stripped !== text) {
          const explanation = `the upgrade header of a request to ${name} was removed`;
          decided(context, attempt, {
            device: 'inspector',
            action: 'strip-upgrade',
            rule: 'websocket strip-upgrade',
            explanation,
          });
        }
        callback(null, Buffer.concat([Buffer.from(stripped, 'latin1'), head.subarray(end)]));
      },
    });
  }
}

/** Ends a client's TLS with a certificate made for a host. */
export async function inPlaceOf(
  context: Emitter,
  settings: InspectionSettings,
  authority: InspectionAuthority,
  connection: string,
  host: string,
  inner: Socket,
): Promise<TLSSocket> {
  const { keyPem, chainPem } = await authority.forge(host, { revocationInfo: settings['revocation-info'] });
  const server = new TLSSocket(inner, {
    isServer: true,
    secureContext: createSecureContext({ key: keyPem, cert: chainPem }),
    ALPNProtocols: ['http/1.1'],
  });
  server.on('error', () => inner.destroy());
  await once(server, 'secure');
  context.emit('inspector', {
    ...{ kind: 'tls', connection, side: 'inspector-server', host, chain: [], outcome: 'ok' },
  });
  return server;
}
