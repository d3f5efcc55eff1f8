import { expect, it } from 'vitest';
import { LinkDirection } from './link-direction.js';

/** Sends chunks through one direction of a link; what happened, in order, and how long it took until the end, ms. */
async function through(
  direction: LinkDirection,
  chunks: readonly Buffer[],
): Promise<{ story: string[]; ms: number }> {
  const story: string[] = [];
  const began = performance.now();
  direction.on('data', (chunk) => story.push(`out ${chunk.length}`));
  const ended = new Promise((resolve) => direction.once('end', resolve));
  for (const chunk of chunks) direction.write(chunk, () => story.push(`in ${chunk.length}`));
  direction.end();
  await ended;
  return { story, ms: performance.now() - began };
}

it('keeps every byte for its delay, and takes others meanwhile', async () => {
  const direction = new LinkDirection({ oneWayMs: 30 }, () => true);
  const { story, ms } = await through(
    direction,
    [1, 2, 3].map((size) => Buffer.alloc(size)),
  );
  expect(story).toEqual(['in 1', 'in 2', 'in 3', 'out 1', 'out 2', 'out 3']);
  expect(ms).toBeGreaterThanOrEqual(30);
});

it('lets in no more than its rate', async () => {
  const direction = new LinkDirection({ oneWayMs: 0, rate: 8_000_000 }, () => true);
  // 50,000 bytes at a megabyte a second.
  const { story, ms } = await through(direction, Array<Buffer>(5).fill(Buffer.alloc(10_000)));
  expect(story.filter((text) => text === 'out 10000')).toHaveLength(5);
  expect(ms).toBeGreaterThanOrEqual(50);
});

it('takes no more than it can hold until something came out', async () => {
  const direction = new LinkDirection({ oneWayMs: 20 }, () => true);
  const half = Buffer.alloc(600_000);
  const { story } = await through(direction, [half, half, half]);
  // Whether two come out by one timer, and so before the next is let in, is the machine's business.
  expect(story.slice(0, 2)).toEqual(['in 600000', 'out 600000']);
  expect(story.toSorted()).toEqual([...Array(3).fill('in 600000'), ...Array(3).fill('out 600000')]);
});
