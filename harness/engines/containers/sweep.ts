import type Docker from 'dockerode';
import { isDead, keptLab, labelOf, labOf } from './labels.js';
import { removeContainer, removeNetwork } from './remove.js';

export interface Swept {
  containers: number;
  networks: number;
  /** Names of networks that the engine does not let go of until it is started anew. */
  stuck: string[];
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
  await Promise.all(containers.map(({ Id }) => removeContainer(docker, Id)));
  const networks = (await docker.listNetworks({ filters })).filter(
    ({ Labels, Name }) => isDead(Labels ?? {}) && (kept || !labs.has(labOf(Name) ?? '')),
  );
  const removed = await Promise.all(networks.map(({ Id }) => removeNetwork(docker, Id)));
  return {
    containers: containers.length,
    networks: removed.filter(Boolean).length,
    stuck: networks.flatMap(({ Name }, index) => (removed[index] ? [] : [Name])),
    kept: kept ? 0 : labs.size,
  };
}

function labName(names: readonly string[]): string | undefined {
  return names.map((name) => keptLab(name.replace(/^\//, ''))).find((lab) => lab !== undefined);
}
