import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mostOfMessage } from '../../model/evidence/short-text.js';
import { spoiled } from './mutate.js';
import { parsersIn } from './parsers.js';

/** 20,000 for each parser is the nightly form: `FUZZ_CASES=20000 npx vitest run dev/fuzz`. */
const numRuns = Number(process.env.FUZZ_CASES ?? 40);
const seed = Number(process.env.SEED ?? 777);
/** Of one text, time of processors, seconds: a PAC file that does not end is ended by its own clock. */
const mostSeconds = 2;
const mostOfPac = 15;
/** By so much the process may grow, over all texts of a parser. Mebibytes. */
const mostMemory = 300;

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-fuzz-'));
const parsers = await parsersIn(root, folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('whatever a file holds', () => {
  it.each(parsers.map((parser) => [parser.name, parser] as const))(
    '%s is read, or refused in words, soon',
    async (name, { good, parse, throws }) => {
      expect(good.length).toBeGreaterThan(0);
      const before = process.resourceUsage().maxRSS;
      await fc.assert(
        fc.asyncProperty(spoiled(good), async (text) => {
          const { user } = process.cpuUsage();
          try {
            await parse(text);
          } catch (error) {
            expect((error as Error).name, (error as Error).stack).toBe(throws ?? 'no error');
            expect(Buffer.byteLength((error as Error).message)).toBeLessThanOrEqual(mostOfMessage);
          }
          const seconds = (process.cpuUsage().user - user) / 1_000_000;
          expect(seconds).toBeLessThan(name === 'a PAC file' ? mostOfPac : mostSeconds);
        }),
        { numRuns, seed, endOnFailure: true },
      );
      expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(mostMemory);
    },
  );
});
