import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { commandLineBase, exists, findBase } from './base.js';
import { toEnd } from './engine-progress.js';
import { ImageError } from './image-error.js';
import { copyPackage, ownFolder, type PackageJson, packageJson } from './own-package.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = 'connector-lab/command-line';

/** What a container of the image can run labs on. */
export const commandLineEngines = ['embedded', 'containers'] as const;
export type CommandLineEngine = (typeof commandLineEngines)[number];

export interface CommandLineImage {
  engine: CommandLineEngine;
  progress: (text: string) => void;
  /** Where the package is that goes into the image. */
  folder?: string;
  /** Its name; else the package's version is in it. */
  name?: string;
}

/**
 * Builds the image of the command line, of this program as it is installed, and returns its name. Layers
 * that are there already are not built again.
 * @throws ImageError
 */
export async function buildCommandLine(
  docker: Docker,
  { engine, progress, folder: given, name: wanted }: CommandLineImage,
): Promise<string> {
  // What a clone was once compiled to may be of other sources.
  if (given === undefined && import.meta.url.endsWith('.ts'))
    throw new ImageError('a clone has to be compiled for that: npm run image does so, and builds the image');
  const folder = given ?? ownFolder();
  const own = await packageJson(folder);
  const name = wanted ?? `${repository}:${own.version}${engine === 'containers' ? '-containers' : ''}`;
  const base = await findBase(docker, progress, commandLineBase);
  const context = await mkdtemp(join(tmpdir(), 'connector-lab-command-line-'));
  try {
    progress(`building ${name}`);
    const optional =
      engine === 'containers' ? Object.keys(own.peerDependencies ?? {}).filter(isOfEngine) : [];
    await copyPackage(folder, join(context, 'node_modules'), optional);
    await copyFile(join(here, 'healthy.mjs'), join(context, 'healthy.mjs'));
    await copyFile(join(here, 'CommandLine.Dockerfile'), join(context, 'Dockerfile'));
    await buildIn(docker, context, { t: name, buildargs: { BASE: base }, labels: await labels(folder, own) });
    if (!(await exists(docker, name))) throw new Error('the engine did not keep it');
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError(`${name} could not be built: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(context, { recursive: true, force: true });
  }
  return name;
}

/** Suites of people's own are no part of it. */
function isOfEngine(peer: string): boolean {
  return peer !== 'vitest';
}

async function buildIn(docker: Docker, context: string, options: Docker.ImageBuildOptions): Promise<void> {
  const src = ['Dockerfile', 'healthy.mjs', 'node_modules'];
  await toEnd(await docker.buildImage({ context, src }, options));
}

/** Labels as registries and scanners read them (opencontainers.org, image-spec, annotations). */
async function labels(folder: string, own: PackageJson): Promise<Record<string, string>> {
  const { version, description, license, repository } = own;
  const named = typeof repository === 'string' ? repository : repository?.url;
  const source = named ?? (await git(folder, 'config', '--get', 'remote.origin.url'));
  const revision = existsSync(join(folder, '.git')) ? await git(folder, 'rev-parse', 'HEAD') : undefined;
  const known = {
    title: own.name,
    description,
    version,
    licenses: license,
    // A folder of this computer is nobody else's source.
    source: source && /^(https?|ssh|git)[:+@]|^git@/.test(source) ? source : undefined,
    revision,
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([key, value]) =>
      value === undefined ? [] : [[`org.opencontainers.image.${key}`, value]],
    ),
  );
}

async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  if (!existsSync(join(folder, '.git'))) return undefined;
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd: folder });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
