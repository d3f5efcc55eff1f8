import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ name: z.string(), version: z.string() });

/** What of others is in a program that is made of files of a project, as `name@version`. */
export async function packagesIn(inputs: readonly string[], root: string): Promise<string[]> {
  const folders = new Set(
    inputs.flatMap((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  // The sandbox of PAC files comes in by a plugin.
  folders.add('node_modules/quickjs-wasi');
  const packages = [...folders].map(async (folder) => {
    const { name, version } = manifest.parse(
      JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')),
    );
    return `${name}@${version}`;
  });
  return (await Promise.all(packages)).sort();
}
