import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleAgent, packAgent } from '../../docker/bundle.js';
import { reportPage } from '../../reports/html/page.js';
import { buildProgram } from './build-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What modules read beside them. */
const read = [
  'docker/Dockerfile',
  'docker/CommandLine.Dockerfile',
  'docker/healthy.mjs',
  'docker/scripts',
  'mocks/cloud/browser/portal',
  'mocks/cloud/browser/sign-in',
];

let made: Promise<string> | undefined;

/**
 * For tests: the command line as the package holds it, to be started by Node. From its sources every
 * process of it takes three times as long to begin. Compiled once for all tests of a run, whose
 * temporary folder it is in.
 */
export function compiledProgram(): Promise<string> {
  made ??= make(join(tmpdir(), 'connector-lab-compiled'));
  return made;
}

async function make(folder: string): Promise<string> {
  const partial = await mkdtemp(`${folder}-`);
  await compile(partial);
  // Several workers may have compiled at the same time: the first one's is everybody's.
  await rename(partial, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(partial, { recursive: true });
  });
  return join(folder, 'bin/connector-lab.mjs');
}

async function compile(folder: string): Promise<void> {
  const dist = join(folder, 'dist');
  await buildProgram(dist);
  for (const path of read) await cp(join(root, path), join(dist, path), { recursive: true });
  await mkdir(join(dist, 'reports/html'), { recursive: true });
  await writeFile(join(dist, 'reports/html/page.html'), await reportPage());
  await packAgent(await bundleAgent(), pathToFileURL(join(dist, 'docker/program/')));
  for (const path of ['bin', 'package.json'])
    await cp(join(root, path), join(folder, path), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}
