import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { toEnd } from './engine-progress.js';
import { ImageError } from './image-error.js';

const run = promisify(execFile);

/** Node for images, where it does not come with a registry's base: bookworm's own is older than package.json asks for. */
const nodeVersion = '24.21.0';
const suite = 'bookworm';
const publicBase = 'node:24-bookworm-slim';

/** A base image that is made here of Debian packages and Node. */
export interface Base {
  /** Where images of it are kept. */
  repository: string;
  packages: readonly string[];
  /** mmdebstrap's: what it installs beside the packages, and how. */
  variant: 'minbase' | 'extract';
  /** Commands of a shell that is given the new system's folder as `$1`, once the packages are there. */
  hooks: readonly string[];
  /** Whether what a registry has is as good. */
  public: 'first' | 'last';
}

/** What the machines of a lab need of Debian. */
export const machineBase: Base = {
  repository: 'connector-lab/base',
  packages: [
    'nftables',
    'dnsmasq-base',
    'squid-openssl',
    'mitmproxy',
    'iproute2',
    'conntrack',
    'tcpdump',
    'openssl',
    'curl',
    'procps',
    'tini',
    'ca-certificates',
  ],
  variant: 'minbase',
  hooks: [],
  public: 'first',
};

/** What the command line needs: what Node is linked with, and a shell for those whose CI brings scripts. */
export const commandLineBase: Base = {
  repository: 'connector-lab/small-base',
  packages: ['base-files', 'libc6', 'libgcc-s1', 'libstdc++6', 'busybox'],
  variant: 'extract',
  hooks: [
    'chroot "$1" /bin/busybox --install -s',
    'echo "lab:x:1000:1000:connector-lab:/tmp:/bin/sh" > "$1/etc/passwd"; echo "lab:x:1000:" > "$1/etc/group"',
    // Of the documentation only who wrote it and on which terms.
    'find "$1/usr/share/doc" -type f ! -name copyright -delete; rm -rf "$1/usr/share/man" "$1/usr/share/info"; chmod 1777 "$1/tmp"',
  ],
  public: 'last',
};

/** Its name: other contents make another one. */
function nameOf({ repository, packages, variant, hooks }: Base): string {
  const more = hooks.length > 0 ? [variant, ...hooks] : [];
  const contents = createHash('sha256').update([...packages, ...more].join(' '));
  return `${repository}:${suite}-node${nodeVersion}-${contents.digest('hex').slice(0, 8)}`;
}

/**
 * Finds an image with Debian and Node to build on: the one built before, the public one where a
 * registry answers, else a new one of Debian packages; that one before, where it is to be small.
 * @throws ImageError
 */
export async function findBase(
  docker: Docker,
  progress: (text: string) => void,
  base: Base = machineBase,
): Promise<string> {
  const name = nameOf(base);
  if (await exists(docker, name)) return name;
  if (base.public === 'first' || !canBuild()) {
    if (await exists(docker, publicBase)) return publicBase;
    progress(`asking a registry for ${publicBase}`);
    if (await pull(docker, publicBase)) return publicBase;
    progress('no registry answers: building a base image of Debian packages (about half a minute, once)');
  }
  await build(docker, progress, base);
  return name;
}

/** Whether a base can be made of Debian packages on this computer. */
function canBuild(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/mmdebstrap');
}

export async function exists(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch {
    return false;
  }
}

async function pull(docker: Docker, name: string): Promise<boolean> {
  try {
    await toEnd(await docker.pull(name));
    return await exists(docker, name);
  } catch {
    return false;
  }
}

async function build(docker: Docker, progress: (text: string) => void, base: Base): Promise<void> {
  if (!canBuild())
    throw new ImageError(
      `${publicBase} cannot be pulled, and a base of Debian packages needs root and mmdebstrap: apt-get install mmdebstrap`,
    );
  const folder = await mkdtemp(join(tmpdir(), 'connector-lab-base-'));
  try {
    progress('fetching Node from the npm registry');
    const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
    await run('npm', ['pack', '--silent', `node-linux-${architecture}@${nodeVersion}`], { cwd: folder });
    const [archive = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    await run('tar', ['-xzf', archive], { cwd: folder });
    progress('installing Debian packages with mmdebstrap');
    const tar = join(folder, 'base.tar');
    const node = join(folder, 'package/bin/node');
    await run('mmdebstrap', [
      '--quiet',
      `--variant=${base.variant}`,
      `--include=${base.packages.join(',')}`,
      ...hooksOf(base, node).map((hook) => `--${whenTo[base.variant]}-hook=${hook}`),
      suite,
      tar,
      ...(await debianSource()),
    ]);
    progress('importing the base image');
    await importImage(docker, tar, nameOf(base));
  } catch (error) {
    throw new ImageError(
      `the base image could not be built: ${reason(error)}; put that right, then connector-lab images tries again`,
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where nothing is set up, there is no later moment. */
const whenTo = { minbase: 'customize', extract: 'extract' } as const;

function hooksOf({ hooks }: Base, node: string): string[] {
  return [...hooks, 'mkdir -p "$1/usr/local/bin"', `copy-in ${node} /usr/local/bin`];
}

/** Where this machine gets its Debian packages from; nothing, where it is no Debian machine. */
async function debianSource(): Promise<string[]> {
  const format = '$(REPO_URI) $(COMPONENT) $(ORIGIN)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Identifier: Packages']);
  const line = stdout.split('\n').find((text) => text.endsWith(' main Debian'));
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return line && existsSync(keys) ? [`deb [signed-by=${keys}] ${line.split(' ')[0]} ${suite} main`] : [];
}

async function importImage(docker: Docker, tar: string, name: string): Promise<void> {
  const [repo, tag] = name.split(':');
  const stream: NodeJS.ReadableStream = await docker.importImage(createReadStream(tar), { repo, tag });
  const text: string[] = [];
  for await (const chunk of stream) text.push(String(chunk));
  if (!(await exists(docker, name))) throw new Error(text.join('').slice(0, 400));
}

function reason(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return (stderr?.trim() || message || String(error)).split('\n').slice(-3).join(' ');
}

/** The text of the Dockerfile and whatever else decides what the image holds. */
export async function recipe(folder: string): Promise<string> {
  const scripts = (await readdir(join(folder, 'scripts'))).sort().map((name) => join('scripts', name));
  const files = ['Dockerfile', ...scripts].map(async (name) => [
    name,
    await readFile(join(folder, name), 'utf8'),
  ]);
  return JSON.stringify([machineBase.packages, await Promise.all(files)]);
}
