import type Docker from 'dockerode';
import { GenericContainer } from 'testcontainers';
import { confinementOfGuest } from './confinement.js';
import { removeContainer } from './remove.js';

/** Where the certificates of the authorities are that a server of the site trusts. */
export const guestRoots = '/connector-lab/roots.pem';
/** By these programs and libraries find them: OpenSSL, curl, Node, Python, git, the AWS and Azure tools. */
const trusting = [
  'SSL_CERT_FILE',
  'CURL_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'REQUESTS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'AWS_CA_BUNDLE',
];

export interface GuestOptions {
  docker: Docker;
  image: string;
  /** Of the container. */
  name: string;
  /** The container whose network it has. */
  machine: string;
  labels: Record<string, string>;
  /** Certificates (PEM). */
  roots: string;
}

/** Somebody's own image, with a terminal, so that a shell waits in it. */
class GuestContainer extends GenericContainer {
  id: string | undefined;

  constructor({ image, name, machine, labels, roots }: GuestOptions) {
    super(image);
    this.autoCleanup = false;
    Object.assign(this.createOpts, { Tty: true, OpenStdin: true });
    const { NetworkMode, ...confinement } = confinementOfGuest(machine);
    Object.assign(this.hostConfig, confinement);
    this.networkMode = NetworkMode;
    this.withName(name)
      .withLabels(labels)
      .withEnvironment(Object.fromEntries(trusting.map((variable) => [variable, guestRoots])))
      .withCopyContentToContainer([{ content: roots, target: guestRoots, mode: 0o644 }]);
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.id = id;
  }
}

/** Starts it; leaves nothing behind where that fails. `ended`: the exit code of its program, once it has one. */
export async function startGuest(options: GuestOptions): Promise<{ id: string; ended: Promise<number> }> {
  const { docker, image } = options;
  const { Config } = await docker.getImage(image).inspect();
  const container = new GuestContainer(options);
  // An image without a program of its own, as a bare base is.
  if (!Config.Cmd?.length && !Config.Entrypoint?.length) container.withCommand(['sh']);
  try {
    const id = (await container.start()).getId();
    return { id, ended: codeOf(docker, id) };
  } catch (error) {
    if (container.id) await removeContainer(options.docker, container.id);
    throw error;
  }
}

async function codeOf(docker: Docker, id: string): Promise<number> {
  try {
    return (await docker.getContainer(id).wait()).StatusCode;
  } catch {
    // It ended before anybody could wait, and is gone.
    return -1;
  }
}
