import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { ContainersEngine } from './containers-engine.js';
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

let shared: Promise<ContainersEngine> | undefined;

/** What the engine of {@link engineForTests} said: of machines that it threw away, for example. */
export const engineSaid: string[] = [];

/**
 * One engine for all files of tests, which run one after the other in one process: its machines stay
 * warm from file to file. They go when the tests have ended (`dev/sweep.ts`).
 */
export function engineForTests(docker: Docker): Promise<ContainersEngine> {
  shared ??= ContainersEngine.start(docker, (text) => void engineSaid.push(text));
  return shared;
}

/** Containers that this process started, and nobody else on this machine. */
export function ownContainers(docker: Docker): Promise<Docker.ContainerInfo[]> {
  const own = labelsFor('')[labelOf.process];
  return docker.listContainers({ filters: { label: [`${labelOf.process}=${own}`] } });
}

/** The engine as if there were only what runs of those processes made: others on this machine go on. */
export function viewOf(docker: Docker, ...pids: (number | undefined)[]): Docker {
  const own = ({ Labels }: { Labels?: Record<string, string> | undefined }) =>
    pids.some((pid) => Labels?.[labelOf.process]?.startsWith(`${pid} `));
  return Object.assign(Object.create(docker) as Docker, {
    listContainers: async (options: Docker.ContainerListOptions) =>
      (await docker.listContainers(options)).filter(own),
  });
}

/** Names of all containers of runs that are there. */
export async function madeByRuns(docker: Docker): Promise<string[]> {
  const filters = { label: [labelOf.run] };
  const containers = await docker.listContainers({ all: true, filters });
  return containers.flatMap(({ Names }) => Names).sort();
}

/** What a command inside one of this process's machines prints, and how it ends. */
export async function runIn(
  docker: Docker,
  role: string,
  ...command: string[]
): Promise<{ code: number; text: string }> {
  const containers = await ownContainers(docker);
  const found = containers.find(({ Names }) => Names.some((name) => name.endsWith(`-${role}`)));
  if (!found) throw new Error(`no machine ${role} runs`);
  const exec = await docker
    .getContainer(found.Id)
    .exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  const text = new PassThrough();
  docker.modem.demuxStream(stream, text, text);
  stream.once('end', () => text.end());
  const chunks: Buffer[] = [];
  for await (const chunk of text) chunks.push(chunk);
  return { code: (await exec.inspect()).ExitCode ?? -1, text: Buffer.concat(chunks).toString() };
}
