import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../model/evidence/event.js';
import { SocketPairs } from '../../loopback/socket-pair.js';
import type { NetworkStack } from '../../network.js';
import { Pki } from '../../pki/pki.js';
import type { Call } from '../call.js';
import { Failure } from '../failure.js';
import { type Fetch, RevocationChecker } from '../revocation/checker.js';
import { TransportNotes } from '../transport-notes.js';
import { CertificateFacts } from './certificate-facts.js';
import { IssuerFetcher } from './issuer-fetcher.js';
import { ServerTrust } from './server-trust.js';

const now = Date.UTC(2026, 5, 1);
const pki = await Pki.create(now);
const pairs = await SocketPairs.open();
const host = 'login.microsoftonline.com';
const call: Call = {
  ...{ operation: 'sign-in', purpose: 'sign in', account: 'network-service', stack: 'service' },
  url: new URL(`https://${host}/`),
};

/** What authorities publish; or nothing of it comes. */
type Answer = 'good' | 'dropped';

async function published(url: URL, request?: Uint8Array): Promise<{ body: Buffer; contentType: string }> {
  const body = request
    ? await pki.ocsp(url.hostname, request, now)
    : (await pki.publication(url.hostname, url.pathname, now))?.body;
  if (!body) throw new Error(`nobody publishes ${url.href}`);
  return { body: Buffer.from(body), contentType: 'application/octet-stream' };
}

interface Looking {
  profile: 'soft-fail' | 'hard-fail';
  answer: Answer;
  /** What the server does while others are asked about its certificate. */
  meanwhile?: (server: TLSSocket, socket: Socket) => void;
}

/** How a connection to a server of good name ends, and what is written of it. */
async function secured({ profile, answer, meanwhile }: Looking) {
  const [socket, far] = await pairs.make();
  const { keyPem, chainPem } = await pki.leaf(host);
  const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
  const server = new TLSSocket(far, { isServer: true, secureContext });
  server.on('error', () => server.destroy());
  const events: EventBody[] = [];
  const unused = () => Promise.reject(new Error('there is nothing to ask of the network here'));
  const stack: NetworkStack = {
    machine: 'app-proxy-01',
    clock: { now: () => now, after: () => ({ cancel: () => {} }) },
    ...{ resolve: unused, connect: unused, listen: unused },
    emit: (event) => `e${events.push(event)}`,
  };
  const certificates = new CertificateFacts();
  const fetch: Fetch = async (url, _, request) => {
    meanwhile?.(server, far);
    // Nobody answers before the connector's machine knows, too.
    if (meanwhile && !socket.destroyed) await once(socket, 'close');
    if (answer === 'dropped')
      throw new Failure('tcp-drop', 'no answer', { connection: 'list', waitedMs: 21_000 });
    return { ...(await published(url, request)), connection: 'list' };
  };
  const trust = new ServerTrust(
    {
      ...{ stack, certificates, roots: () => pki.roots, refreshRoots: unused },
      host: () => ({ server: { tls: '1.2', revocation: profile }, waysOut: unused }),
    },
    new RevocationChecker(stack, fetch, certificates),
    new IssuerFetcher(certificates, unused),
    new TransportNotes(stack),
  );
  const resting = new Set<object>();
  const rest = () => {
    const one = { [Symbol.dispose]: () => void resting.delete(one) };
    resting.add(one);
    return one;
  };
  const connection = { id: 'asked', socket, address: '198.18.0.1', rest };
  try {
    const stream = await trust.secure(call, connection);
    expect(stream.destroyed).toBe(false);
    stream.destroy();
    return { accepted: [...trust.accepted.keys()] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { result, facts } = error;
    const handshakes = events.filter((event) => event.kind === 'tls').map(({ outcome }) => outcome);
    expect(handshakes).toEqual([result]);
    return {
      result,
      connection: facts.connection,
      because: facts.because,
      accepted: [...trust.accepted.keys()],
    };
  } finally {
    server.destroy();
    expect(resting.size).toBe(0);
  }
}

const accepted = { accepted: [host] };
const letGo: [string, (server: TLSSocket, socket: Socket) => void][] = [
  ['in order', (server) => server.end()],
  ['without a word', (server) => server.destroy()],
  ['by a reset', (_, socket) => socket.resetAndDestroy()],
];

describe('a connection while the revocation of its certificates is looked up', () => {
  it('is accepted where it stays, and nothing says that they were revoked', async () => {
    expect(await secured({ profile: 'soft-fail', answer: 'good' })).toEqual(accepted);
    expect(await secured({ profile: 'hard-fail', answer: 'good' })).toEqual(accepted);
    expect(await secured({ profile: 'soft-fail', answer: 'dropped' })).toEqual(accepted);
  });

  describe.each(letGo)('let go %s', (_, meanwhile) => {
    it.each(['soft-fail', 'hard-fail'] as const)(
      'is a failure of the look-up that took so long (%s)',
      async (profile) => {
        expect(await secured({ profile, answer: 'dropped', meanwhile })).toEqual({
          ...{ result: 'tls-revocation-offline', connection: 'asked', because: 'list', accepted: [] },
        });
      },
    );

    it.each(['soft-fail', 'hard-fail'] as const)(
      'is its own failure where they are good (%s)',
      async (profile) => {
        expect(await secured({ profile, answer: 'good', meanwhile })).toEqual({
          ...{ result: 'tcp-reset', connection: 'asked', because: undefined, accepted: [] },
        });
      },
    );
  });
});
