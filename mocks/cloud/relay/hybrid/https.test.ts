import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { type OpenCloud, openCloud } from '../../../../harness/engines/embedded/testing.js';
import { loopbackProxy } from '../../../../harness/engines/loopback-proxy.js';
import { documentedSite } from '../../../../model/site/documented.js';
import { makeSas } from '../../../protocol/sas.js';
import { secured } from '../../../testing/lab-fetch.js';
import { hybridKey } from './access.js';

const curl = promisify(execFile);
const host = 'contoso.servicebus.windows.net';
let lab: OpenCloud;
let folder: string;

beforeAll(async () => {
  lab = await openCloud(documentedSite({ cloud: { 'hybrid-connections': [{ path: 'orders' }] } }));
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-hybrid-'));
  await writeFile(join(folder, 'roots.pem'), lab.trust.roots);
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const token = (policy: string) =>
  makeSas(`http://${host}/`, hybridKey(lab.pki, policy), policy, lab.clock.now() + 60_000);

/** A WebSocket as any agent opens it: the lab's names, TLS, and then the library. */
async function dial(address: string): Promise<WebSocket> {
  const url = new URL(address);
  const secure = await secured(lab.dialer(), lab.trust, url.hostname);
  const createConnection = (() => secure) as unknown as NonNullable<ClientOptions['createConnection']>;
  const peer = new WebSocket(`ws://${url.hostname}${url.pathname}${url.search}`, {
    createConnection,
    headers: { host: url.hostname },
  });
  await once(peer, 'open');
  return peer;
}

it('curl is answered by a listener, over names and certificates of the lab', async () => {
  await using proxy = await loopbackProxy(lab.dialer());
  const listen = new URLSearchParams({ 'sb-hc-action': 'listen', 'sb-hc-token': token('listener') });
  const listener = await dial(`wss://${host}/$hc/orders?${listen}`);
  const answer = async (data: unknown) => {
    const { request } = JSON.parse(String(data));
    const response = { requestId: request.id, statusCode: '200', statusDescription: 'OK', body: true };
    // A body too large for the control channel: over the gateway that the request names.
    const meeting = await dial(request.address);
    meeting.send(JSON.stringify({ response }));
    meeting.send(Buffer.alloc(100_000, 'x'));
  };
  listener.on('message', (data) => void answer(data));
  const ask = (sas: string) =>
    curl('curl', [
      ...['--silent', '--proxy', proxy.url, '--cacert', join(folder, 'roots.pem'), '--include'],
      ...[
        '--suppress-connect-headers',
        '--header',
        `ServiceBusAuthorization: ${sas}`,
        `https://${host}/orders/1`,
      ],
    ]);
  const { stdout } = await ask(token('sender'));
  expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
  expect(stdout).toContain('x'.repeat(100_000));
  expect((await ask(token('listener'))).stdout).toMatch(/^HTTP\/1\.1 403 [\s\S]*TrackingId:/);
  const asked = lab.events.filter((event) => event.kind === 'cloud' && event.service === 'relay');
  expect(asked.map((event) => event.kind === 'cloud' && event.status)).toEqual([101, 101, 200, 403]);
});
