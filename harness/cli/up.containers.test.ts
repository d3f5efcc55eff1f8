import { expect, it } from 'vitest';
import { madeByRuns, runtimeForTests, viewOf } from '../engines/containers/testing.js';
import { expectKept } from './testing.js';

const docker = await runtimeForTests();

it.skipIf(!docker)(
  'keeps a lab on real machines that curl gets into, and leaves nothing behind',
  async () => {
    if (!docker) return;
    const pid = await expectKept('containers', async (running) => {
      expect(await madeByRuns(viewOf(docker, running))).toHaveLength(6 + 1);
    });
    expect(await madeByRuns(viewOf(docker, pid))).toEqual([]);
  },
);
