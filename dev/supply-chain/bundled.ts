import { build } from 'esbuild';

/** What is bundled for the package: commands and exports, the program for containers, the probe, the report's page. */
const entries = [
  'harness/cli/main.ts',
  'harness/index.ts',
  'harness/vitest.ts',
  'harness/run/worker.ts',
  'harness/cli/probe-alone.ts',
  'docker/agent/main.ts',
  'reports/app/main.tsx',
];

/** Installed beside the program, or chosen by whoever wants them; and what a clone alone has. */
const outside = [
  ...['quickjs-wasi', 'vitest', 'testcontainers', 'dockerode'],
  ...['agent', 'page', 'probe'].map((what) => `*/build-${what}.js`),
];

/** Places in the lock file of the packages that the published program holds, as files say that were read to make it. */
export async function bundledPlaces(root: string): Promise<Set<string>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    ...{ bundle: true, splitting: true, outdir: 'out', write: false, metafile: true },
    ...{ format: 'esm', platform: 'node', target: 'node22', logLevel: 'silent', jsx: 'automatic' },
    external: outside,
  });
  const places = Object.keys(metafile.inputs).map(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0],
  );
  return new Set(places.filter((place) => place !== undefined));
}
