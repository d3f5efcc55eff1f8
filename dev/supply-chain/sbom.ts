import { execFileSync } from 'node:child_process';
import { z } from 'zod';

const component = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() });
const bom = z.looseObject({
  serialNumber: z.string().optional(),
  metadata: z.looseObject({ timestamp: z.string().optional(), component }),
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/** A bill of materials (CycloneDX). */
export type Bom = z.infer<typeof bom>;

/** All that the lock file has, the same in every build. With `--omit dev` npm 11 also omits whatever development needs as well. */
export function lockedBom(root: string): Bom {
  const said = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const { serialNumber, metadata, ...rest } = bom.parse(JSON.parse(said));
  const { timestamp, component, ...about } = metadata;
  // npm calls it as the folder is called.
  return { ...rest, metadata: { ...about, component: { ...component, name: 'connector-lab' } } };
}

/** The same, of some of its packages (`name@version`) only. */
export function bomOf({ components, dependencies, ...bom }: Bom, wanted: ReadonlySet<string>): Bom {
  const left = components.filter(({ name, version }) => wanted.has(`${name}@${version}`));
  const refs = new Set(left.map((one) => one['bom-ref']));
  const program = bom.metadata.component['bom-ref'];
  return {
    ...bom,
    components: left,
    dependencies: dependencies
      .filter(({ ref }) => ref === program || refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}
