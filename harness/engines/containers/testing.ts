import type Docker from 'dockerode';
import { labelOf, labelsFor } from './labels.js';
import { findRuntime } from './runtime.js';

/** The runtime that tests use; undefined where there is none and that is no failure (it is one in CI). */
export async function runtimeForTests(): Promise<Docker | undefined> {
  try {
    return await findRuntime();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return undefined;
  }
}

/** Containers that this process started, and nobody else on this machine. */
export function ownContainers(docker: Docker): Promise<Docker.ContainerInfo[]> {
  const own = labelsFor('')[labelOf.process];
  return docker.listContainers({ filters: { label: [`${labelOf.process}=${own}`] } });
}
