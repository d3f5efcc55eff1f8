import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What others load by name: commands, the two exports, and what the runner starts its workers with. */
const entries = ['harness/cli/main.ts', 'harness/index.ts', 'harness/vitest.ts', 'harness/run/worker.ts'];

/**
 * Modules find what lies beside them by their own address, and a bundle puts them elsewhere. What they read is
 * below `dist` in the folders of the sources: there they are told to be.
 */
const ownAddresses: Plugin = {
  name: 'own-addresses',
  setup({ onLoad, onResolve }) {
    // What makes things of sources is in a clone alone, and asked for there alone.
    onResolve({ filter: /\/build-\w+\.js$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      const place = `./dist/${relative(root, path).split(sep).join('/')}`.replace(/\.ts$/, '.js');
      const address = `new URL('${place}', import.meta.resolve('connector-lab/package.json')).href`;
      return { contents: source.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

/**
 * Writes the package's program into a folder `dist`. Our own six hundred modules and those of other packages are a few dozen files: to find and read them one by one took Node
 * half of the time that a command runs, and npm installs three packages in place of 57.
 *
 * What stays outside: packages that people choose (peers), the engine of PAC files, which a thread of its own loads,
 * and what a clone alone has.
 */
export async function buildProgram(outdir: string): Promise<void> {
  const scenarios = await readdir(join(root, 'scenarios'), { recursive: true });
  const { peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  await build({
    absWorkingDir: root,
    entryPoints: [
      ...entries,
      ...scenarios.filter((name) => name.endsWith('.scenario.ts')).map((name) => join('scenarios', name)),
    ],
    outdir,
    outbase: root,
    // One module is in one file, whoever loads it: a class is the same for commands, suites and scenarios.
    ...{ bundle: true, splitting: true, chunkNames: 'parts/[hash]' },
    ...{ format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'silent' },
    external: [...Object.keys(peerDependencies), 'quickjs-wasi', 'connector-lab'],
    plugins: [ownAddresses],
    // Packages in CommonJS ask for built-in modules by require.
    banner: {
      js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
    },
  });
}
