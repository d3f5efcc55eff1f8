import { once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { createSecureContext } from 'node:tls';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { serviceNames } from '../../protocol/names.js';
import { controlPath } from '../../protocol/tunnel.js';
import { type OpenCloud, openCloud } from '../../testing/open-cloud.js';
import { secured } from '../../users/secured.js';
import { usualLimits } from '../deadlines.js';
import { overAndOver } from './many.js';

const { tunnel } = serviceNames(documentedSite());
let lab: OpenCloud;
beforeEach(async () => {
  lab = await openCloud();
});
afterEach(() => lab[Symbol.asyncDispose]());

/** Somebody without a certificate. */
async function session(): Promise<ClientHttp2Session> {
  const context = createSecureContext({ ca: lab.trust.roots });
  const secure = await secured(await lab.dialer()(tunnel, 443), tunnel, context, 'h2');
  const opened = connectHttp2(`https://${tunnel}`, { createConnection: () => secure });
  opened.on('error', () => {});
  return opened;
}

async function status(of: ClientHttp2Session, headers: Record<string, string> = {}): Promise<number> {
  const stream = of.request({ ':path': controlPath, ...headers });
  stream.on('error', () => {});
  const [answer] = (await once(stream, 'response')) as [{ ':status'?: number }];
  stream.close();
  return answer[':status'] ?? 0;
}

/** Whoever asks properly is answered: without a certificate, that one is needed. */
async function goesOn(): Promise<void> {
  const other = await session();
  expect(await status(other)).toBe(403);
  other.destroy();
}

/** A frame of HTTP/2 (RFC 9113, 4.1). */
function frame(type: number, flags: number, stream: number, body: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(body.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, body]);
}
const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
/** GET of the control path, without Huffman's code (RFC 7541). */
const asked = Buffer.concat([
  Buffer.from([0x82, 0x87, 0x04]),
  text(controlPath),
  Buffer.from([0x01]),
  text(tunnel),
]);
const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  frame(4, 0, 0, Buffer.alloc(0)),
]);
const cancelled = Buffer.from([0, 0, 0, 8]);

/** Frames of somebody who keeps to no library's rules, until the other side ends it or all were sent. */
async function sent(frames: Iterable<Buffer>): Promise<boolean> {
  const context = createSecureContext({ ca: lab.trust.roots });
  const secure = await secured(await lab.dialer()(tunnel, 443), tunnel, context, 'h2');
  const ended = new Promise<boolean>((resolve) => secure.once('close', () => resolve(true)));
  secure.on('error', () => {}).resume();
  secure.write(preface);
  for (const one of frames) {
    if (secure.destroyed) break;
    if (!secure.write(one)) await Promise.race([once(secure, 'drain').catch(() => {}), ended]);
  }
  // Whoever was let go hears it now; the others have nothing to wait for but this answer.
  secure.write(frame(6, 0, 0, Buffer.alloc(8)));
  const answered = new Promise<boolean>((resolve) =>
    secure.on('data', (chunk: Buffer) => chunk.includes(Buffer.from([6, 1])) && resolve(false)),
  );
  const isEnded = await Promise.race([ended, answered]);
  secure.destroy();
  return isEnded;
}

/** Streams that are opened and reset at once (CVE-2023-44487). */
function* reset(streams: number): Iterable<Buffer> {
  for (let number = 1; number < 2 * streams; number += 2)
    yield Buffer.concat([frame(1, 5, number, asked), frame(3, 0, number, cancelled)]);
}

it('streams that are reset at once, ten thousand: the session is ended, and the lab goes on', async () => {
  expect(await sent(reset(10))).toBe(false);
  expect(await sent(reset(10_000))).toBe(true);
  await overAndOver(lab, () => sent(reset(10)));
  await goesOn();
});

it('a header that goes on without end (CONTINUATION, CVE-2024-27983) ends the session', async () => {
  function* endless() {
    yield frame(1, 1, 1, asked);
    for (let count = 0; count < 10_000; count++) yield frame(9, 0, 1, Buffer.alloc(0));
    for (let count = 0; count < 200; count++) yield frame(9, 0, 1, Buffer.alloc(16_000, 0x82));
  }
  expect(await sent(endless())).toBe(true);
  await goesOn();
});

it('settings without end, to be answered each, end the session or are answered', async () => {
  function* settings() {
    for (let count = 0; count < 10_000; count++) yield frame(4, 0, 0, Buffer.alloc(0));
  }
  const { heapUsed } = process.memoryUsage();
  await sent(settings());
  expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(50 * 1024 * 1024);
  await goesOn();
});

it('a stranger may ask over and over: memory is as before, and the lab goes on', async () => {
  await overAndOver(lab, async () => {
    const opened = await session();
    expect(await status(opened)).toBe(403);
    opened.destroy();
  });
  await goesOn();
});

it('a header without end ends its stream, not the lab', async () => {
  const opened = await session();
  const stream = opened.request({ ':path': controlPath, 'x-large': 'x'.repeat(60_000) });
  stream.on('error', () => {});
  stream.on('response', () => stream.close());
  await Promise.race([once(stream, 'close'), once(opened, 'close')]);
  opened.destroy();
  await goesOn();
});

it('who only wants to be there may not stay', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const opened = await session();
  expect(await status(opened)).toBe(403);
  const closed = once(opened, 'close');
  vi.advanceTimersByTime(usualLimits.requestWallMs - 1000);
  expect(opened.closed).toBe(false);
  vi.advanceTimersByTime(2000);
  vi.useRealTimers();
  await closed;
  await goesOn();
});
