import type Docker from 'dockerode';
import { isDead, labelOf } from './labels.js';

export interface Swept {
  containers: number;
  networks: number;
}

/**
 * Removes what runs left behind that have ended without cleaning up. Live runs, other users' runs on
 * another machine, and everything that is not ours stay.
 */
export async function sweep(docker: Docker): Promise<Swept> {
  const filters = { label: [labelOf.run] };
  const containers = (await docker.listContainers({ all: true, filters })).filter(({ Labels }) =>
    isDead(Labels),
  );
  await Promise.all(
    containers.map(({ Id }) => gone(docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  const networks = (await docker.listNetworks({ filters })).filter(({ Labels }) => isDead(Labels ?? {}));
  await Promise.all(networks.map(({ Id }) => gone(docker.getNetwork(Id).remove())));
  return { containers: containers.length, networks: networks.length };
}

/** Removed by somebody else in the meantime is removed. */
async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}
