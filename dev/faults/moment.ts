import { processorTime } from './family.js';
import type { StartedRun } from './started-run.js';

/**
 * When a fault strikes, by something that happens: the so many-th line of the run's log, line of what it
 * says, or thing that the engine does with its containers; and after so much time of processors of the
 * runner's more, milliseconds, so that it also happens in the middle of something.
 */
export interface Moment {
  of: 'log' | 'progress' | 'engine';
  count: number;
  processorMs: number;
}

const things = { log: 'line of the log', progress: 'line of progress', engine: 'event of the engine' };

export function inWords({ of, count, processorMs }: Moment): string {
  return `${things[of]} ${count}${processorMs ? `, ${processorMs} ms on` : ''}`;
}

/** Resolves at the moment; with false where the run has ended before. */
export async function reached(run: StartedRun, { of, count, processorMs }: Moment): Promise<boolean> {
  await run.until(() => run.counted[of] >= count);
  if (run.hasEnded) return false;
  const begun = (await processorTime(run.pid)) ?? 0;
  for (;;) {
    const now = await processorTime(run.pid);
    if (run.hasEnded || now === undefined) return false;
    if (now - begun >= processorMs) return true;
  }
}
