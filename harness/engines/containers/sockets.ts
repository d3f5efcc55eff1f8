import { existsSync } from 'node:fs';
import { homedir } from 'node:os';

/** Whether a container runtime may be here at all: a look that costs nothing, before anything is loaded. */
export function mayAnswer(): boolean {
  const { DOCKER_HOST, XDG_RUNTIME_DIR, TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE } = process.env;
  const sockets = [
    '/var/run/docker.sock',
    `${XDG_RUNTIME_DIR}/docker.sock`,
    `${XDG_RUNTIME_DIR}/podman/podman.sock`,
    `${homedir()}/.docker/run/docker.sock`,
    `${homedir()}/.colima/default/docker.sock`,
  ];
  return (
    Boolean(DOCKER_HOST ?? TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE) || sockets.some((path) => existsSync(path))
  );
}
