import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Every number is the median of so many. */
const times = 7;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The run with the median time. */
export async function medianRun<T extends { ms: number }>(work: () => Promise<T>): Promise<T> {
  const runs: T[] = [];
  for (let index = 0; index < times; index++) runs.push(await work());
  return runs.sort((a, b) => a.ms - b.ms)[Math.floor(times / 2)] as T;
}

/** The median of what some work returns. */
export async function median(work: () => Promise<number>): Promise<number> {
  return (await medianRun(async () => ({ ms: await work() }))).ms;
}

/** Median wall time of a command, seconds. */
export function seconds(...args: string[]): number {
  const runs = Array.from({ length: args[0] === 'run' ? 3 : times }, () => {
    const began = performance.now();
    spawnSync(process.execPath, ['bin/connector-lab.mjs', ...args], { cwd: root, stdio: 'ignore' });
    return (performance.now() - began) / 1000;
  });
  return runs.sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
}

export function print(what: string, value: number, budget: string, more = ''): void {
  process.stdout.write(
    `${what.padEnd(58)} ${value.toFixed(2).padStart(6)}  budget ${budget.padEnd(6)} ${more}\n`,
  );
}
