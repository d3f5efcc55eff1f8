import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withoutSignature } from './signature.js';

const run = promisify(execFile);
/** What Node looks for in itself: see its documentation of single executable applications. */
const resource = 'NODE_SEA_BLOB';
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** In a process of its own: it says much of Node's sections that is of no use, and takes ten seconds. */
const injection = `
  const [injector, file, blob] = process.argv.slice(1);
  require(injector)
    .inject(file, '${resource}', require('node:fs').readFileSync(blob), { sentinelFuse: '${sentinelFuse}' })
    .catch((error) => { console.error(error); process.exitCode = 1; });
`;

/** Packs a program for executables of the Node that is given, and of the same version on other systems; gives a path. */
export async function pack(node: string, program: string, folder: string): Promise<string> {
  const [config, blob] = [join(folder, 'sea.json'), join(folder, 'sea.blob')];
  // Neither snapshot nor code cache: both are of one system.
  const settings = { main: program, output: blob, disableExperimentalSEAWarning: true };
  await writeFile(config, JSON.stringify(settings));
  await run(node, ['--experimental-sea-config', config]);
  return blob;
}

/** Makes an executable of Node's and the program. `injector`: postject's module. */
export async function inject(injector: string, node: string, blob: string, to: string): Promise<void> {
  if (to.endsWith('.exe')) await writeFile(to, withoutSignature(await readFile(node)));
  else await copyFile(node, to);
  await run(process.execPath, ['-e', injection, injector, to, blob], { maxBuffer: 2 ** 26 });
}
