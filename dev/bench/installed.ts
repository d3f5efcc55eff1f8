import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Sum of the sizes of all files below a folder, bytes. */
export function bytesIn(path: string): number {
  if (!lstatSync(path).isDirectory()) return lstatSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

/** Names of the packages in a `node_modules` folder, and in those of its packages. */
export function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((one) => join(name, one)) : [name],
    )
    .flatMap((name) => {
      const nested = join(modules, name, 'node_modules');
      return [name, ...(statSync(nested, { throwIfNoEntry: false }) ? packagesIn(nested) : [])];
    });
}
