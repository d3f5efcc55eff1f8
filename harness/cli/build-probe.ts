import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pacSandbox } from '../../docker/build-agent.js';

/** The probe alone as one file, made of the sources: in a clone, and when the package is made. */
export async function buildProbe(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./probe-alone.ts', import.meta.url))],
    plugins: [pacSandbox],
    ...{ bundle: true, minify: true, keepNames: true, write: false, legalComments: 'none' },
    ...{ platform: 'node', format: 'esm', target: 'node20', logLevel: 'silent' },
    // Packages in CommonJS ask for built-in modules by require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
