import type Docker from 'dockerode';
import { isDead, keptLab, labelOf } from './labels.js';
import { removeContainer } from './remove.js';

export interface Swept {
  containers: number;
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
  return { containers: containers.length, kept: kept ? 0 : labs.size };
}

function labName(names: readonly string[]): string | undefined {
  return names.map((name) => keptLab(name.replace(/^\//, ''))).find((lab) => lab !== undefined);
}
