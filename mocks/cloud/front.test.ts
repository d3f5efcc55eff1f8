import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { serviceNames } from '../protocol/names.js';
import { held, mebibyte } from '../testing/held-memory.js';
import { type OpenCloud, openCloud } from '../testing/open-cloud.js';
import { usualLimits } from './deadlines.js';

const names = serviceNames(documentedSite());
/** Plain HTTP, and with something to fetch. */
const lists = 'crl3.digicert.com';
const list = '/lab-public.crl';

let lab: OpenCloud;
afterEach(() => lab[Symbol.asyncDispose]());

async function open(): Promise<void> {
  lab = await openCloud();
}

async function connect(host: string, port: number): Promise<Socket> {
  const { socket } = await lab.stack('stranger').connect({ host, port });
  return socket;
}

/** Everything that comes until the other side closes. */
async function heard(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A side that has closed resets what comes after that; what it said before is here all the same.
  socket.on('error', () => {});
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
}

async function say(bytes: string | Buffer, host = lists, port = 80): Promise<string> {
  const socket = await connect(host, port);
  socket.write(bytes);
  return heard(socket);
}

const get = (path: string, ...headers: string[]) =>
  `${[`GET ${path} HTTP/1.1`, `Host: ${lists}`, ...headers].join('\r\n')}\r\n\r\n`;
const post = (body: string, ...headers: string[]) =>
  `${[`POST ${list} HTTP/1.1`, `Host: ${lists}`, ...headers].join('\r\n')}\r\n\r\n${body}`;

/** From now on the cloud's patience is spent by the test, and not by the computer. */
function timePasses() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return {
    /** Until a second before it is over. */
    async almost(everySecond: () => unknown): Promise<void> {
      for (let passed = 1000; passed < usualLimits.requestWallMs; passed += 1000) {
        everySecond();
        vi.advanceTimersByTime(1000);
        await setImmediate();
      }
    },
    async endsFor(socket: Socket): Promise<void> {
      while (!socket.closed) {
        vi.advanceTimersByTime(1000);
        await setImmediate();
      }
      vi.useRealTimers();
    },
  };
}

/** The cloud serves whoever asks properly. */
async function goesOn(): Promise<void> {
  expect(await say(get(list))).toMatch(/^HTTP\/1\.1 200 /);
}

describe('what is not one plain request is refused, and the next one is served', () => {
  it.each([
    ['two lengths', post('12345', 'Content-Length: 5', 'Content-Length: 6'), 400],
    ['a length and chunks', post('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'), 400],
    ['chunks and a length', post('0\r\n\r\n', 'Transfer-Encoding: chunked', 'Content-Length: 5'), 400],
    ['an encoding that is not chunked', post('0\r\n\r\n', 'Transfer-Encoding: xchunked'), 400],
    ['chunked, and then something else', post('0\r\n\r\n', 'Transfer-Encoding: chunked, identity'), 400],
    ['a chunk size that is no number', post('zz\r\n', 'Transfer-Encoding: chunked'), 400],
    ['a length with a sign', post('12345', 'Content-Length: +5'), 400],
    ['a length below nothing', post('12345', 'Content-Length: -5'), 400],
    ['a folded header', get(list, 'X-One: a', ' Transfer-Encoding: chunked'), 400],
    ['a space before the colon', get(list, 'Transfer-Encoding : chunked'), 400],
    ['bare line feeds', `GET ${list} HTTP/1.1\nHost: ${lists}\n\n`, 400],
    ['a bare carriage return', `GET ${list} HTTP/1.1\r\nHost: ${lists}\rX: y\r\n\r\n`, 400],
    ['a zero byte', get(list, 'X-One: a\0b'), 400],
    ['no host', `GET ${list} HTTP/1.1\r\n\r\n`, 400],
    ['an unknown version', `GET ${list} HTTP/3.7\r\nHost: x\r\n\r\n`, 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['noise', Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 151) % 256)), 400],
    ['a target that is no address', get('//['), 400],
    ['an upgrade where there is none', get(list, 'Connection: Upgrade', 'Upgrade: websocket'), 400],
    ['headers without end', get(list, `X-Large: ${'x'.repeat(40_000)}`), 431],
    ['a body without end', post('x'.repeat(5 * 1024 * 1024), `Content-Length: ${5 * 1024 * 1024}`), 413],
    ['an escape that is none', get('/%E0%A4%A'), 404],
    ['no request for a responder', get('/bm9uc2Vuc2U='), 404],
  ])('%s', async (_, request, status) => {
    await open();
    expect(await say(request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^\\r]*\\r\\n`));
    await goesOn();
  });

  it('what is smuggled in behind a request is never looked at', async () => {
    await open();
    const replies = await say(get(list) + get('/smuggled') + get('/smuggled'));
    expect(replies.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
    expect(lab.events.filter(({ kind }) => kind === 'cloud')).toHaveLength(1);
  });

  it('noise in place of TLS ends the connection, not the service', async () => {
    await open();
    await say('GET / HTTP/1.1\r\n\r\n', names.registration, 443);
    await goesOn();
  });
});

describe('who takes too long is let go', () => {
  it.each([
    ['headers that never end', lists, 80, `GET ${list} HTTP/1.1\r\nX-Slow: `, /^HTTP\/1\.1 408 /],
    ['a body that never ends', lists, 80, post('1', 'Content-Length: 1000'), /^HTTP\/1\.1 408 /],
    ['no word at all', lists, 80, '', /^HTTP\/1\.1 408 /],
    ['a handshake that never comes', names.registration, 443, '', /^$/],
  ])('%s', async (_, host, port, beginning, answer) => {
    await open();
    const patience = timePasses();
    const socket = await connect(host, port);
    socket.write(beginning);
    const answered = heard(socket);
    // A byte now and then keeps no connection. The last comes before the end: one behind it would cost the answer.
    await patience.almost(() => beginning && socket.write('x'));
    expect(socket.closed).toBe(false);
    await patience.endsFor(socket);
    expect(await answered).toMatch(answer);
    await goesOn();
  });

  it('silence behind a finished handshake, too', async () => {
    await open();
    const patience = timePasses();
    const socket = await connect(names.bootstrap, 443);
    const secure = tlsConnect({ socket, servername: names.bootstrap, rejectUnauthorized: false });
    await once(secure, 'secureConnect');
    secure.resume();
    await patience.endsFor(secure);
    await goesOn();
  });
});

it('bodies that do not end: so many bytes are held, and no more', async () => {
  await open();
  const before = held();
  const most = Buffer.alloc(3 * mebibyte, 'x');
  let refused = 0;
  const stalled = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const socket = await connect(lists, 80);
      socket.once('data', (answer) => (refused += String(answer).startsWith('HTTP/1.1 413 ') ? 1 : 0));
      socket.write(post('', `Content-Length: ${4 * mebibyte}`));
      socket.write(most);
      return socket;
    }),
  );
  // Twenty fit; refused are those that brought more, and their bytes are let go. Unbounded it stays at 180.
  await expect.poll(() => refused).toBeGreaterThanOrEqual(39);
  await expect.poll(() => held() - before).toBeLessThan(120);
  for (const socket of stalled) socket.destroy();
  await goesOn();
  await expect.poll(() => held() - before).toBeLessThan(50);
});

it('ten thousand idle connections: the oldest go, whoever asks is served, and memory stays', async () => {
  await open();
  const before = held();
  let closed = 0;
  const idle = async (_: unknown, index: number) => {
    // Every tenth waits in front of a handshake.
    const socket = await (index % 10 ? connect(lists, 80) : connect(names.registration, 443));
    socket.once('close', () => closed++).resume();
  };
  for (let made = 0; made < 10_000; made += 500) await Promise.all(Array.from({ length: 500 }, idle));
  await goesOn();
  await expect.poll(() => 10_000 - closed).toBeLessThanOrEqual(usualLimits.mostWaiting);
  // Both ends of those that stay are in this process.
  expect(held() - before).toBeLessThan(40);
});
