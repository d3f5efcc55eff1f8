import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compiledProgram } from '../../harness/cli/compiled-program.js';
import { Draw } from './draw.js';
import { faultsOf } from './faults.js';
import type { Moment } from './moment.js';
import { type Played, played } from './played.js';

/** A few moments of what `npm run faults` does at many. */
async function at(name: string, moment: Omit<Moment, 'processorMs'>, workers: number): Promise<Played> {
  const fault = faultsOf.embedded.find((one) => one.name === name);
  expect(fault, name).toBeDefined();
  const draw = new Draw(1);
  return played({
    ...{ program: await compiledProgram(), draw, fault, moment: { ...moment, processorMs: 0 } },
    ...{
      folder: await mkdtemp(join(tmpdir(), 'connector-lab-faults-')),
      circumstances: fault?.circumstances?.(draw),
    },
    ...{
      args: ['run', 'server/ie-esc', 'server/os-version#server-2012', '--workers', `${workers}`],
      env: { DOCKER_HOST: 'unix:///nowhere' },
    },
  });
}

it.each([
  // What a runner leaves behind that is killed is processes of its own: only here are there any.
  ['kill -9 of the runner', { of: 'log', count: 4 }, 2, { code: 137, struck: 'the runner' }],
  ['SIGHUP, nobody reads any more', { of: 'progress', count: 2 }, 1, { code: 130, struck: 'the runner' }],
  ['standard output closed', { of: 'log', count: 1 }, 1, { code: 0, reported: 2, struck: 'the runner' }],
  [
    'clock that jumps back',
    { of: 'log', count: 1 },
    1,
    { code: 0, reported: 2, struck: '10 hours a second' },
  ],
] as const)('%s: nothing is left, lost or accused', async (name, moment, workers, ended) => {
  expect(await at(name, moment, workers)).toMatchObject({ breaches: [], ...ended });
});
