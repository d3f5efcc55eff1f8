import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { documentedSite } from '../../../../model/site/documented.js';
import { join as joinStreams } from '../../../byte-stream.js';
import { makeSas } from '../../../protocol/sas.js';
import { secured } from '../../../testing/lab-fetch.js';
import { type OpenCloud, openCloud } from '../../../testing/open-cloud.js';
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
  // curl knows the host's name, and finds the lab behind this port.
  const way = createServer(async (socket) => joinStreams(socket, await lab.dialer()(host, 443)));
  await once(way.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void way.close());
  const { port } = way.address() as AddressInfo;
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
      ...[
        '--silent',
        '--connect-to',
        `::127.0.0.1:${port}`,
        '--cacert',
        join(folder, 'roots.pem'),
        '--include',
      ],
      ...['--header', `ServiceBusAuthorization: ${sas}`, `https://${host}/orders/1`],
    ]);
  const { stdout } = await ask(token('sender'));
  expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
  expect(stdout).toContain('x'.repeat(100_000));
  expect((await ask(token('listener'))).stdout).toMatch(/^HTTP\/1\.1 403 [\s\S]*TrackingId:/);
  const asked = lab.seen('cloud').filter(({ service }) => service === 'relay');
  expect(asked.map(({ status }) => status)).toEqual([101, 101, 200, 403]);
});
