import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installed } from './packages.js';

/** Texts of the licences of packages, each under its package's name: whoever passes on a copy passes on these. */
export async function licencesOf(root: string, packages: readonly Installed[]): Promise<string> {
  const texts = packages.map(async ({ name, version, place, licence = 'see below' }) => {
    const names = (await readdir(join(root, place))).filter((file) =>
      /^(licen[cs]e|copying|notice)/i.test(file),
    );
    const read = names.sort().map((file) => readFile(join(root, place, file), 'utf8'));
    const words = (await Promise.all(read)).map((text) => text.trim());
    return [`${name} ${version}: ${licence}`, ...words].join('\n\n');
  });
  return `${(await Promise.all(texts)).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
