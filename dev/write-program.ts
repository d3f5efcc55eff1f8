// Part of `npm run build`: the package's program, and what of others is in it: a bill of materials (CycloneDX), from
// the lock file and the same in every build, and their licences.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../harness/cli/build-program.js';
import { bundledPlaces } from './supply-chain/bundled.js';
import { licencesOf } from './supply-chain/licences.js';
import { installed } from './supply-chain/packages.js';
import { bomOf, lockedBom } from './supply-chain/sbom.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = new URL('../dist/', import.meta.url);
await buildProgram(fileURLToPath(dist));
const own = (await installed(root, await bundledPlaces(root))).filter(({ development }) => !development);
const bom = bomOf(lockedBom(root), new Set(own.map(({ name, version }) => `${name}@${version}`)));
await writeFile(new URL('sbom.cdx.json', dist), `${JSON.stringify(bom, null, 1)}\n`);
await writeFile(new URL('licences.txt', dist), await licencesOf(root, own));
