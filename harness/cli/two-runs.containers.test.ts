import type Docker from 'dockerode';
import { expect, it } from 'vitest';
import { labelOf } from '../engines/containers/labels.js';
import { runtimeForTests } from '../engines/containers/testing.js';
import { ended, finishedBy, folder, jumpingClock, start } from './testing.js';

const docker = await runtimeForTests();
/** The engine of this machine. */
const real = { DOCKER_HOST: process.env.DOCKER_HOST };

/** Names of running containers of a run of that process. */
async function machinesOf(engine: Docker, pid: number | undefined): Promise<string[]> {
  const list = await engine.listContainers({ filters: { label: [labelOf.run] } });
  return list
    .filter(({ Labels }) => Labels[labelOf.process]?.startsWith(`${pid} `))
    .flatMap(({ Names }) => Names);
}

it.skipIf(!docker)('two runs at once, one by a clock that jumps, and clean between them', async () => {
  if (!docker) return;
  const begin = async (env: NodeJS.ProcessEnv = {}) => {
    const options = ['--engine', 'containers', '--workers', '1', '--out', await folder()];
    return start(['run', 'ports/', ...options], { ...real, ...env });
  };
  const runs = await Promise.all([begin(), begin(jumpingClock)]);
  const ends = runs.map(ended);
  await Promise.all(runs.map((run) => finishedBy(run, 1)));
  const machines = async () =>
    (await Promise.all(runs.map(({ pid }) => machinesOf(docker, pid)))).flat().sort();
  const before = await machines();
  expect(before).toHaveLength(2 * 6);
  const clean = await ended(start(['clean'], { ...real, ...jumpingClock }));
  expect(clean.code, clean.stderr).toBe(0);
  expect(await machines()).toEqual(before);
  await Promise.all(runs.map((run) => finishedBy(run, 1)));
  for (const run of runs) run.kill('SIGINT');
  for (const { code, stderr } of await Promise.all(ends)) {
    expect(code, stderr).toBe(130);
    expect(stderr).not.toContain('✗');
  }
  expect(await machines()).toEqual([]);
});
