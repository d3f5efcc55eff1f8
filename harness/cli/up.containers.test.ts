import { expect, it } from 'vitest';
import { labelOf } from '../engines/containers/labels.js';
import { runtimeForTests } from '../engines/containers/testing.js';
import { expectKept } from './testing.js';

const docker = await runtimeForTests();

/** How many containers and networks a process has. */
async function ownedBy(pid: number): Promise<[containers: number, networks: number]> {
  const filters = { label: [labelOf.run] };
  const containers = (await docker?.listContainers({ all: true, filters })) ?? [];
  const networks = (await docker?.listNetworks({ filters })) ?? [];
  const own = ({ Labels }: { Labels?: Record<string, string> }) =>
    Labels?.[labelOf.process]?.startsWith(`${pid} `);
  return [containers.filter(own).length, networks.filter(own).length];
}

it.skipIf(!docker)(
  'keeps a lab on real machines that curl gets into, and leaves nothing behind',
  async () => {
    const pid = await expectKept('containers', async (running) => {
      expect(await ownedBy(running)).toEqual([6, 2]);
    });
    expect(await ownedBy(pid)).toEqual([0, 0]);
  },
);
