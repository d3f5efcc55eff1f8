import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import * as browser from '../mocks/cloud/browser/files.js';
import { sandboxFiles } from '../model/pac/sandbox-files.js';
import type { BundledFile } from './bundled-file.js';

/** Nothing lies beside the program: what it would read for browsers is in it. */
const browserFiles: Plugin = {
  name: 'browser-files',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]mocks[\\/]cloud[\\/]browser[\\/]files\.ts$/ }, () => ({
      contents: Object.entries(browser)
        .map(([name, files]) => `export const ${name} = ${JSON.stringify(files)};`)
        .join('\n'),
    }));
  },
};

/** Nor is there a package: PAC files run in an engine that is in the program as well. */
export const pacSandbox: Plugin = {
  name: 'pac-sandbox',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]model[\\/]pac[\\/]sandbox-files\.ts$/ }, async () => {
      const { engine, wasm, ...sources } = sandboxFiles();
      const { outputFiles } = await build({
        entryPoints: [fileURLToPath(engine)],
        ...{ bundle: true, minify: true, format: 'esm', platform: 'node', write: false },
      });
      const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
      const files = { ...sources, engine: `data:text/javascript;base64,${code}` };
      const bytes = Buffer.from(wasm).toString('base64');
      return {
        contents: `export const sandboxFiles = () => ({ ...${JSON.stringify(files)}, wasm: Buffer.from('${bytes}', 'base64') });`,
      };
    });
  },
};

/** The program for the containers, made of the sources: in a clone, and when the package is made. */
export async function buildAgent(): Promise<BundledFile[]> {
  const { outputFiles } = await build({
    entryPoints: {
      agent: fileURLToPath(new URL('./agent/main.ts', import.meta.url)),
    },
    bundle: true,
    plugins: [browserFiles, pacSandbox],
    write: false,
    // What few machines need (mockttp) is loaded by those alone.
    splitting: true,
    outdir: 'out',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    // Packages in CommonJS ask for built-in modules by require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'silent',
  });
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  // The image is named after its contents, and read back in this order.
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
