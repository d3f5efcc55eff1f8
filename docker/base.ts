import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { ImageError } from './image-error.js';

const run = promisify(execFile);

/** What the machines of a lab need of Debian. */
export const packages = [
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
];
/** Node for the image, where it does not come with a registry's base. */
const nodeVersion = '24.21.0';
const suite = 'bookworm';
const publicBase = 'node:24-bookworm-slim';

/** The name of the base image that is built here: other packages make another one. */
const contents = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 8);
const builtBase = `connector-lab/base:${suite}-node${nodeVersion}-${contents}`;

/**
 * Finds an image with Debian and Node to build on: the one built before, the public one where a
 * registry answers, else a new one of Debian packages.
 * @throws ImageError
 */
export async function findBase(docker: Docker, progress: (text: string) => void): Promise<string> {
  for (const name of [builtBase, publicBase]) if (await exists(docker, name)) return name;
  progress(`asking a registry for ${publicBase}`);
  if (await pull(docker, publicBase)) return publicBase;
  progress('no registry answers: building a base image of Debian packages (about half a minute, once)');
  await build(docker, progress);
  return builtBase;
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
    const stream: NodeJS.ReadableStream = await docker.pull(name);
    await new Promise<void>((resolve, reject) =>
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve())),
    );
    return await exists(docker, name);
  } catch {
    return false;
  }
}

async function build(docker: Docker, progress: (text: string) => void): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/mmdebstrap'))
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
      '--variant=minbase',
      `--include=${packages.join(',')}`,
      `--customize-hook=copy-in ${node} /usr/local/bin`,
      suite,
      tar,
      ...(await debianSource()),
    ]);
    progress('importing the base image');
    await importImage(docker, tar);
  } catch (error) {
    throw new ImageError(
      `the base image could not be built: ${reason(error)}; put that right, then connector-lab images tries again`,
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where this machine gets its Debian packages from; nothing, where it is no Debian machine. */
async function debianSource(): Promise<string[]> {
  const format = '$(REPO_URI) $(COMPONENT) $(ORIGIN)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Identifier: Packages']);
  const line = stdout.split('\n').find((text) => text.endsWith(' main Debian'));
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return line && existsSync(keys) ? [`deb [signed-by=${keys}] ${line.split(' ')[0]} ${suite} main`] : [];
}

async function importImage(docker: Docker, tar: string): Promise<void> {
  const [repo, tag] = builtBase.split(':');
  const stream: NodeJS.ReadableStream = await docker.importImage(createReadStream(tar), { repo, tag });
  const text: string[] = [];
  for await (const chunk of stream) text.push(String(chunk));
  if (!(await exists(docker, builtBase))) throw new Error(text.join('').slice(0, 400));
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
  return JSON.stringify([packages, await Promise.all(files)]);
}
