import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { type Frame, frameSchema, Streams } from './streams.js';

/** Both ends of a channel, with lines between them, and the two ends of one stream of it. */
function channel() {
  let sent = 0;
  const line = (frame: Frame) => frameSchema.parse(JSON.parse(JSON.stringify(frame)));
  const here: Streams = new Streams((frame) => {
    if (typeof frame.say === 'object' && 'data' in frame.say) sent += frame.say.data.length;
    setImmediate(() => there.hear(line(frame)));
  });
  const there: Streams = new Streams((frame) => setImmediate(() => here.hear(line(frame))));
  const near = here.open();
  return { here, near, far: there.open(near.number), bytesSent: () => (sent * 3) / 4 };
}

/** All that comes, to the end: iterators would close the other direction too. */
async function all(stream: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks);
}

it('carries bytes both ways, and an end one way while the other goes on', async () => {
  const { near, far } = channel();
  const question = randomBytes(3_000_000);
  near.end(question);
  const asked = await all(far);
  expect(asked.equals(question)).toBe(true);
  far.write('the answer, ');
  far.end('after the end of the question');
  expect(String(await all(near))).toBe('the answer, after the end of the question');
});

it('sends no more than the other end takes', async () => {
  const { near, far, bytesSent } = channel();
  const chunk = Buffer.alloc(64 * 1024);
  while (near.write(chunk)) await new Promise(setImmediate);
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  near.write(Buffer.alloc(2_000_000));
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  const stopped = bytesSent();
  expect(stopped).toBeLessThan(512 * 1024);
  near.end();
  expect((await all(far)).length).toBeGreaterThan(2_000_000);
  expect(bytesSent()).toBeGreaterThan(stopped);
});

it('is cut at one end when it is cut at the other', async () => {
  const { near, far } = channel();
  far.destroy();
  const [error] = await once(near, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(near.destroyed).toBe(true);
});

it('loses nothing that is still unread when both ends have ended', async () => {
  const { near, far } = channel();
  near.resume().end();
  far.end('late reader');
  await once(near, 'close');
  expect(far.destroyed).toBe(false);
  far.resume();
  await once(far, 'close');
});

it('loses nothing that came before the other end closed', async () => {
  const { near, far } = channel();
  far.end(Buffer.alloc(100_000));
  await once(far, 'finish');
  far.destroy();
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  expect((await all(near)).length).toBe(100_000);
  expect(near.destroyed).toBe(true);
});

it('ends with its channel', async () => {
  const { here, near } = channel();
  here.end(new Error('the container ended'));
  await expect(once(near, 'close')).rejects.toThrow('the container ended');
});
