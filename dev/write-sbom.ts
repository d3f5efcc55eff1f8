// Part of `npm run build`: what the package brings along (CycloneDX), from the lock file, the same in every build.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installed } from './supply-chain/packages.js';
import { bomOf, lockedBom } from './supply-chain/sbom.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const own = (await installed(root)).filter(({ development }) => !development);
const bom = bomOf(lockedBom(root), new Set(own.map(({ name, version }) => `${name}@${version}`)));
writeFileSync(new URL('../dist/sbom.cdx.json', import.meta.url), `${JSON.stringify(bom, null, 1)}\n`);
