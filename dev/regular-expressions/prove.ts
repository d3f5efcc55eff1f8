import { check } from 'recheck';

/** Where a proof takes longer it is none. */
const timeout = 300_000;

/**
 * Why an expression may take more than linear time, in words; undefined: it does not, whatever the text.
 * A proof by the tool's automata, where there is nothing in it that they cannot have (look-arounds,
 * references, large counts), and by searching for texts otherwise.
 */
export async function slowness(source: string, flags: string): Promise<string | undefined> {
  const found = await check(source, flags, { timeout });
  if (found.status === 'safe') return undefined;
  if (found.status === 'unknown') return `not decided (${found.error.kind})`;
  return `${found.complexity.summary}, as for ${found.attack.pattern}`;
}
