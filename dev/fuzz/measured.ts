import fc from 'fast-check';
import { mostOfMessage } from '../../model/evidence/short-text.js';
import { spoiled } from './mutate.js';
import type { Parser } from './parsers.js';

/** Of one text, time of processors, seconds. */
const usualSeconds = 2;
/** By so much the process may grow, over all texts of a parser. Mebibytes. */
const mostMemory = 300;

export interface Measured {
  /** Time of processors that the slowest text took, seconds. */
  slowest: number;
  /** Bytes of the longest message. */
  longestMessage: number;
  /** By how much the process grew, mebibytes. */
  grown: number;
  /** The most memory that the process has had, mebibytes. */
  biggest: number;
}

/** Gives a parser spoiled texts. @throws Error with the text that crashes it, or costs too much */
export async function fuzzed(
  { name, good, parse, throws, mostSeconds = usualSeconds }: Parser,
  { numRuns, seed }: { numRuns: number; seed: number },
): Promise<Measured> {
  if (good.length === 0) throw new Error(`there is no good text for ${name}`);
  const measured: Measured = { slowest: 0, longestMessage: 0, grown: 0, biggest: 0 };
  const before = process.resourceUsage().maxRSS;
  const property = fc.asyncProperty(spoiled(good), async (text) => {
    const once = async () => {
      const { user } = process.cpuUsage();
      try {
        await parse(text);
      } catch (error) {
        const { name: kind, message, stack } = error as Error;
        if (kind !== throws) throw new Error(`it crashes: ${stack}`);
        measured.longestMessage = Math.max(measured.longestMessage, Buffer.byteLength(message));
      }
      return (process.cpuUsage().user - user) / 1_000_000;
    };
    let seconds = await once();
    // What is collected of earlier texts, and compiled, takes time of processors too: a slow text is slow again.
    for (let again = 0; again < 2 && seconds > mostSeconds; again++)
      seconds = Math.min(seconds, await once());
    measured.slowest = Math.max(measured.slowest, seconds);
    if (seconds > mostSeconds) throw new Error(`it took ${seconds} s of processors`);
    if (measured.longestMessage > mostOfMessage)
      throw new Error(`a message of ${measured.longestMessage} bytes`);
  });
  await fc.assert(property, { numRuns, seed, endOnFailure: true, includeErrorInReport: true });
  const { maxRSS } = process.resourceUsage();
  measured.biggest = maxRSS / 1024;
  measured.grown = (maxRSS - before) / 1024;
  if (measured.grown > mostMemory) throw new Error(`the process grew by ${measured.grown} MiB`);
  return measured;
}
