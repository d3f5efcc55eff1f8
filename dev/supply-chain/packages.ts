import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: versions, devDependencies: versions });
const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/** A package that is installed, of our own or brought along. */
export interface Installed {
  name: string;
  version: string;
  /** Its folder, from the lock file's on. */
  place: string;
  /** As its author says; undefined where he does not. */
  licence?: string;
  /** Digest of its archive. */
  integrity?: string;
  /** Runs a program of its own while it is installed. */
  runsAtInstall: boolean;
  /** Neither in the published program nor installed with it. */
  development: boolean;
}

/** Names and versions as `package.json` asks for them. */
export async function declared(root: string): Promise<Map<string, string>> {
  const { dependencies, devDependencies } = manifest.parse(await json(root, 'package.json'));
  return new Map(Object.entries({ ...dependencies, ...devDependencies }));
}

/** All that `package-lock.json` installs, by name and version. `bundled`: places of what the published program holds. */
export async function installed(
  root: string,
  bundled: ReadonlySet<string> = new Set(),
): Promise<Installed[]> {
  const { packages } = lock.parse(await json(root, 'package-lock.json'));
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { version = '', license, integrity, hasInstallScript = false, dev, devOptional }]) => ({
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      place,
      ...(license !== undefined && { licence: license }),
      ...(integrity !== undefined && { integrity }),
      runsAtInstall: hasInstallScript,
      development: (dev === true || devOptional === true) && !bundled.has(place),
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

async function json(root: string, name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(root, name), 'utf8'));
}
