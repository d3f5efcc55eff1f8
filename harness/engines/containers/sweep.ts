import type Docker from 'dockerode';
import { isDead, keptLab, labelOf, labOf } from './labels.js';

export interface Swept {
  containers: number;
  networks: number;
  /** Labs that stay because somebody kept them. */
  kept: number;
}

/**
 * Removes what runs left behind that have ended without cleaning up. Live runs, other users' runs on
 * another machine, and everything that is not ours stay; so do labs that were kept on purpose, unless
 * `kept` says otherwise.
 */
export async function sweep(docker: Docker, { kept = false } = {}): Promise<Swept> {
  const filters = { label: [labelOf.run] };
  const dead = (await docker.listContainers({ all: true, filters })).filter(({ Labels }) => isDead(Labels));
  const labs = new Set(dead.flatMap(({ Names }) => labName(Names) ?? []));
  const containers = kept ? dead : dead.filter(({ Names }) => labName(Names) === undefined);
  await Promise.all(
    containers.map(({ Id }) => gone(docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  const networks = (await docker.listNetworks({ filters })).filter(
    ({ Labels, Name }) => isDead(Labels ?? {}) && (kept || !labs.has(labOf(Name) ?? '')),
  );
  await Promise.all(networks.map(({ Id }) => gone(docker.getNetwork(Id).remove())));
  return { containers: containers.length, networks: networks.length, kept: kept ? 0 : labs.size };
}

function labName(names: readonly string[]): string | undefined {
  return names.map((name) => keptLab(name.replace(/^\//, ''))).find((lab) => lab !== undefined);
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
