import { expect, it } from 'vitest';
import { madeByRuns, runtimeForTests, viewOf } from '../engines/containers/testing.js';
import { ended, start } from './testing.js';

const docker = await runtimeForTests();

it.skipIf(!docker)('doctor uses a lab of real machines, and leaves nothing of it', async () => {
  if (!docker) return;
  const child = await start(['doctor'], { DOCKER_HOST: process.env.DOCKER_HOST });
  const { code, stdout } = await ended(child);
  expect(stdout).toMatch(/✓ Container runtime +version \d/);
  expect(stdout).toMatch(/✓ Containers engine +a lab opened and worked in \d+ ms/);
  expect(stdout).toMatch(/✓ Confinement +system calls, memory and processes/);
  expect(stdout).toMatch(/✓ Kernel +delay (yes|no), rate/);
  expect(code).toBe(0);
  expect(await madeByRuns(viewOf(docker, child.pid))).toEqual([]);
});
