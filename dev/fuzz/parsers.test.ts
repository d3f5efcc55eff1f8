import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzzed } from './measured.js';
import { parsersIn } from './parsers.js';

/** 20,000 for each parser is the nightly form: `npm run fuzz`. */
const numRuns = 40;
const seed = Number(process.env.SEED ?? 777);

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-fuzz-'));
const parsers = await parsersIn(root, folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('whatever a file holds', () => {
  it.each(parsers.map((parser) => [parser.name, parser] as const))(
    '%s is read, or refused in words, soon',
    async (_, parser) => {
      await fuzzed(parser, { numRuns, seed });
    },
  );

  it.each([
    ['is thrown by somebody else', () => JSON.parse('{'), /crashes/],
    ['has no end', () => refuse('x'.repeat(3000)), /message of 3000 bytes/],
    ['takes too long each time', busy, /took \d.* s of processors/],
  ])('what %s is found', async (_, parse, words) => {
    const parser = {
      name: 'a text',
      good: ['a'],
      throws: 'RangeError',
      mostSeconds: parse === busy ? 0.01 : 60,
      parse,
    };
    await expect(fuzzed(parser, { numRuns: 1, seed })).rejects.toThrow(words);
  });
});

/** A moment of a processor, however much of one there is. */
function busy(): void {
  const { user } = process.cpuUsage();
  while (process.cpuUsage().user - user < 50_000);
}

function refuse(message: string): never {
  throw new RangeError(message);
}
