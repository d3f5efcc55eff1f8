import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProbe } from '../harness/cli/build-probe.js';
import { version } from '../harness/cli/version.js';
import { billOf } from './executables/bill.js';
import { inject, pack } from './executables/inject.js';
import { packagesIn } from './executables/packages-in.js';
import { fetched, nodes, type Pinned, postject } from './executables/pinned.js';
import { lockedBom } from './supply-chain/sbom.js';

/**
 * `npm run probe-executables`: the probe as one file for Node, and as single executables for Linux and Windows
 * (x64), into `executables/`, each with its bill of materials. Needs Linux on x64: its own Node packs the program.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'executables');
const name = 'connector-lab-probe';

if (process.platform !== 'linux' || process.arch !== 'x64') {
  process.stderr.write('The executables are built on Linux (x64): the Node for it packs the program.\n');
  process.exit(2);
}
await rm(out, { recursive: true, force: true });
await mkdir(out);
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-executables-'));
try {
  const { code, inputs } = await buildProbe();
  const [locked, packages] = [lockedBom(root), await packagesIn(inputs, root)];
  const tell = async (file: string, node?: Pinned) => {
    const bytes = await readFile(join(out, file));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const bill = billOf(locked, { name: file, version, sha256, packages, ...(node && { node }) });
    await writeFile(join(out, `${file}.cdx.json`), `${JSON.stringify(bill, null, 1)}\n`);
    const size = `${(bytes.length / 1_000_000).toFixed(1)} MB`.padStart(9);
    process.stdout.write(`${sha256}  ${size}  executables/${file}\n`);
  };
  const program = `${name}.cjs`;
  await writeFile(join(out, program), code);
  await tell(program);
  const injector = await fetched(postject, folder);
  const linux = await fetched(nodes.linux, folder);
  const blob = await pack(linux, join(out, program), folder);
  await inject(injector, linux, blob, join(out, name));
  await chmod(join(out, name), 0o755);
  await tell(name, nodes.linux);
  await inject(injector, await fetched(nodes.windows, folder), blob, join(out, `${name}.exe`));
  await tell(`${name}.exe`, nodes.windows);
} finally {
  await rm(folder, { recursive: true });
}
