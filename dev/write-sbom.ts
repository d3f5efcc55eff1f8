// Part of `npm run build`: what the package brings along (CycloneDX), from the lock file, the same in every build.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { installed } from './supply-chain/packages.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const bom = z.looseObject({
  serialNumber: z.string().optional(),
  metadata: z.looseObject({
    timestamp: z.string().optional(),
    component: z.looseObject({ name: z.string() }),
  }),
  components: z.array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

// All of it, and what is of development taken out here: with `--omit dev` npm 11 also omits whatever
// development needs as well.
const said = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
const { serialNumber, metadata, components, dependencies, ...rest } = bom.parse(JSON.parse(said));
const { timestamp, component, ...about } = metadata;
const own = new Set(
  (await installed(root))
    .filter(({ development }) => !development)
    .map(({ name, version }) => `${name}@${version}`),
);
const brought = components.filter(({ name, version }) => own.has(`${name}@${version}`));
const refs = new Set(brought.map((one) => one['bom-ref']));
const program = component['bom-ref'];
const text = JSON.stringify(
  {
    ...rest,
    // npm calls it as the folder is called.
    metadata: { ...about, component: { ...component, name: 'connector-lab' } },
    components: brought,
    dependencies: dependencies
      .filter(({ ref }) => ref === program || refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  },
  null,
  1,
);
writeFileSync(new URL('../dist/sbom.cdx.json', import.meta.url), `${text}\n`);
