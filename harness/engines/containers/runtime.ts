import { accessSync, constants } from 'node:fs';
import type Docker from 'dockerode';
import { NoEngineError } from '../engine.js';
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
    const closed = closedSocket();
    if (closed) throw new NoEngineError(`${closed}, or use --engine embedded`, { cause: error });
    throw new NoRuntimeError('no container engine answers', { cause: error });
  }
}

/**
 * testcontainers, which makes the machines, looks on where an engine lacks what it wants, and takes another one:
 * labs would be half here and half there.
 * @throws NoEngineError where it takes another one than `docker`
 */
export async function assertSameEngine(docker: Pick<Docker, 'info'>): Promise<void> {
  // One that does not say who it is says more of it to whoever asks next; Podman says another name each time.
  const own = await idOf(docker);
  if (own === undefined || own !== (await idOf(docker))) return;
  const { getContainerRuntimeClient } = await import('testcontainers');
  const other = await getContainerRuntimeClient().then(
    ({ container }) => idOf(container.dockerode),
    () => undefined,
  );
  if (other === own) return;
  const { DOCKER_HOST = 'this engine' } = process.env;
  throw new NoEngineError(
    `testcontainers cannot use ${DOCKER_HOST}${other === undefined ? '' : ', and would take another engine'}: where this runs in a container, that engine needs its network "bridge" (DEBUG=testcontainers* says more)`,
  );
}

async function idOf(docker: Pick<Docker, 'info'>): Promise<string | undefined> {
  const said = (await docker.info().catch(() => undefined)) as { ID?: string } | undefined;
  return said?.ID;
}

/** Where an engine may be there, and this account is not let in: testcontainers says nothing of it. */
function closedSocket(): string | undefined {
  try {
    accessSync(usualSocket, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? notLetIn(usualSocket) : undefined;
  }
}

const usualSocket = '/var/run/docker.sock';

function notLetIn(socket: string): string {
  return `this account may not use ${socket}: it has to be in that file's group (usermod -aG docker NAME, and a new login; docker run --group-add)`;
}

/** Why an engine that was named is not used, in words. */
export function whyNot(host: string, error: unknown): string {
  const { code, statusCode, message } = error as NodeJS.ErrnoException & { statusCode?: number };
  if (code === 'EACCES') return notLetIn(host.replace(/^unix:\/\//, ''));
  if (statusCode !== undefined)
    return `DOCKER_HOST says ${host}, where something of another version answers (${message.replace(/^\(HTTP code \d+\) .*? - /, '').trim()})`;
  return `DOCKER_HOST says ${host}, where no container engine answers`;
}

/** Who names an engine means that one and no other. */
async function asToldBy(host: string, engine: () => Docker): Promise<Docker> {
  try {
    const docker = engine();
    await docker.ping();
    return docker;
  } catch (error) {
    throw new NoRuntimeError(whyNot(host, error), { cause: error });
  }
}
