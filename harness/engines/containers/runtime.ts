import type Docker from 'dockerode';
import { needPackages } from './packages.js';

/** No container engine answers; the message says what was tried. */
export class NoRuntimeError extends Error {
  override readonly name = 'NoRuntimeError';
}

// Its reaper is an image that must be pulled; labs clean up after themselves (labels.ts).
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';

/**
 * The container engine of this machine. testcontainers finds it (environment, contexts, rootless
 * sockets); everything after that is asked of it directly.
 * @throws NoRuntimeError
 * @throws NoEngineError where this program's own packages for containers are not installed
 */
export async function findRuntime(): Promise<Docker> {
  needPackages();
  const { default: Runtime } = await import('dockerode');
  const { DOCKER_HOST } = process.env;
  if (DOCKER_HOST) return asToldBy(DOCKER_HOST, () => new Runtime());
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    const { modem } = (await getContainerRuntimeClient()).container.dockerode;
    const { socketPath, host, port, protocol, ca, cert, key } = modem as Docker.DockerOptions & {
      socketPath?: string;
    };
    return new Runtime(socketPath ? { socketPath } : { host, port, protocol, ca, cert, key });
  } catch (error) {
    throw new NoRuntimeError('no container engine answers', { cause: error });
  }
}

/** Who names an engine means that one and no other. */
async function asToldBy(host: string, engine: () => Docker): Promise<Docker> {
  try {
    const docker = engine();
    await docker.ping();
    return docker;
  } catch (error) {
    throw new NoRuntimeError(`DOCKER_HOST says ${host}, where no container engine answers`, { cause: error });
  }
}
