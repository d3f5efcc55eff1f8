import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { ImageError } from './image-error.js';

const require = createRequire(import.meta.url);

/** What a `package.json` says, as far as it matters here. */
export interface PackageJson {
  name: string;
  version: string;
  description?: string;
  license?: string;
  repository?: string | { url: string };
  files?: string[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** The folder that this program is installed in, or its clone's. */
export function ownFolder(): string {
  return dirname(require.resolve('connector-lab/package.json'));
}

export async function packageJson(folder: string): Promise<PackageJson> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson;
}

/**
 * Copies a package as npm would have installed it into a folder `node_modules`, with all that it brings
 * along, and those of its optional packages that are named. From what is installed: nothing is fetched, and
 * what was tried is what is copied.
 * @throws ImageError where a package is not installed
 */
export async function copyPackage(
  folder: string,
  modules: string,
  optional: readonly string[] = [],
): Promise<void> {
  const own = await packageJson(folder);
  const target = join(modules, own.name);
  for (const name of ['package.json', 'LICENSE', 'README.md', ...(own.files ?? [])])
    if (!name.startsWith('!') && existsSync(join(folder, name)))
      await copy(join(folder, name), join(target, name));
  for (const [from, place] of await brought(folder, own, optional)) await copy(from, join(modules, place));
}

/** Folders of packages, and where they belong below `node_modules`. */
async function brought(
  folder: string,
  own: PackageJson,
  optional: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const above = dirname(folder);
  const need = async (name: string, by: string, isOptional = false): Promise<void> => {
    const place = lookUp(name, by);
    if (place === undefined) {
      if (isOptional) return;
      throw new ImageError(`${name} is not installed, which ${own.name} needs: npm install`);
    }
    if (found.has(place)) return;
    const inside = place.startsWith(`${folder}${sep}`);
    found.set(place, inside ? join(own.name, relative(folder, place)) : relative(above, place));
    const { dependencies, optionalDependencies, peerDependencies } = await packageJson(place);
    for (const one of Object.keys(dependencies ?? {})) await need(one, place);
    for (const one of Object.keys({ ...optionalDependencies, ...peerDependencies }))
      await need(one, place, true);
  };
  for (const name of [...Object.keys(own.dependencies ?? {}), ...optional]) await need(name, folder);
  return found;
}

/** As Node looks: beside whoever asks, then above. */
function lookUp(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === dirname(folder)) return undefined;
  }
}

/** What only compilers and debuggers read stays behind. */
function copy(from: string, to: string): Promise<void> {
  return cp(from, to, {
    recursive: true,
    dereference: true,
    filter: (path) => !/\.d\.[cm]?ts$|\.map$/.test(path) && !/[\\/]node_modules$/.test(relative(from, path)),
  });
}
