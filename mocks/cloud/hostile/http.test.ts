import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { serviceNames } from '../../protocol/names.js';
import { registrationPath } from '../../protocol/registration.js';
import { secured } from '../../testing/lab-fetch.js';
import { type OpenCloud, openCloud } from '../../testing/open-cloud.js';
import { overAndOver } from './many.js';

const names = serviceNames(documentedSite());
/** Plain HTTP, and with something to fetch. */
const lists = 'crl3.digicert.com';
const list = '/lab-public.crl';
const mebibyte = 1024 * 1024;

let lab: OpenCloud;
beforeEach(async () => {
  lab = await openCloud();
});
afterEach(() => lab[Symbol.asyncDispose]());

/** What is answered on a connection of its own, until the other side closes. */
async function said(request: string | Buffer, gone = false): Promise<string> {
  const { socket } = await lab.stack('stranger').connect({ host: lists, port: 80 });
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(request, () => gone && socket.destroy());
  await closed;
  return answer;
}
const head = (method: string, path: string, ...headers: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`;
const host = `Host: ${lists}`;

/** The lab goes on. */
async function goesOn(): Promise<void> {
  expect(await said(head('GET', list, host))).toMatch(/^HTTP\/1\.1 200 /);
}

describe('names of hosts', () => {
  it.each([
    ['one that was made to lead here (DNS rebinding)', 'Host: evil.test', 421],
    ['an address', 'Host: 127.0.0.1', 421],
    ['this computer', 'Host: localhost:8080', 421],
    ['a host of the cloud that is elsewhere', `Host: ${names.graph}`, 421],
    ['one that only begins so', `Host: ${lists}.evil.test`, 421],
    ['its own, in capitals and with its port', `Host: ${lists.toUpperCase()}:80`, 200],
  ])('%s', async (_, header, status) => {
    expect(await said(head('GET', list, header))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await goesOn();
  });

  it('no WebSocket under another name', async () => {
    const [namespace] = names.namespaces;
    const secure = await secured(lab.dialer(), lab.trust, namespace?.host ?? '');
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    secure.write(head('GET', '/$servicebus/websocket', 'Host: evil.test', ...upgrade, key));
    const chunks = (await secure.toArray()) as Buffer[];
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 421 /);
  });
});

it('a bomb stays packed: its length is what counts, and nobody unpacks it', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * mebibyte));
  expect(bomb.length).toBeLessThan(mebibyte / 4);
  const secure = await secured(lab.dialer(), lab.trust, names.registration);
  const { heapUsed, external } = process.memoryUsage();
  const type = ['Content-Type: application/xml', 'Content-Encoding: gzip'];
  const length = `Content-Length: ${bomb.length}`;
  secure.write(head('POST', registrationPath, `Host: ${names.registration}`, ...type, length));
  secure.write(bomb);
  const chunks = (await secure.toArray()) as Buffer[];
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /);
  const now = process.memoryUsage();
  expect(now.heapUsed + now.external - heapUsed - external).toBeLessThan(32 * mebibyte);
  await goesOn();
});

/** What is sent, and whether its sender goes away at once; how it is answered. */
const floods: [string, string | Buffer, boolean, RegExp][] = [
  [
    'one header without end',
    head('GET', list, host, `X-Large: ${'x'.repeat(40_000)}`),
    false,
    /^HTTP\/1\.1 431 /,
  ],
  [
    'headers by the thousand',
    head('GET', list, host, ...Array.from({ length: 4000 }, (_, index) => `X-${index}: a`)),
    false,
    /^HTTP\/1\.1 431 /,
  ],
  [
    'a packed body for whom nobody asked',
    Buffer.concat([
      Buffer.from(head('POST', list, host, 'Content-Encoding: gzip', 'Content-Length: 64')),
      Buffer.alloc(64),
    ]),
    false,
    /^HTTP\/1\.1 [24]\d\d /,
  ],
  ['half a body, and gone', head('POST', list, host, 'Content-Length: 1000') + 'x'.repeat(500), true, /^/],
  ['half a header, and gone', `GET ${list} HTTP/1.1\r\nX-Slow: `, true, /^/],
];

it.each(floods)(
  'over and over %s: memory is as before, and the lab goes on',
  async (_, request, gone, answer) => {
    expect(await said(request, gone)).toMatch(answer);
    await overAndOver(lab, () => said(request, gone));
    await goesOn();
  },
);
