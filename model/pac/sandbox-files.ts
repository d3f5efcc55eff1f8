import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { builtIns } from './built-ins.js';
import { guest } from './guest.js';

/**
 * What the sandbox's thread is made of. The program for the containers has nothing beside it: there this
 * file is replaced by one that holds all of it.
 */
export interface SandboxFiles {
  /** Where the thread imports quickjs-wasi from. */
  engine: string;
  wasm: Uint8Array;
  /** Sources of the two functions. */
  guest: string;
  builtIns: string;
}

export function sandboxFiles(): SandboxFiles {
  const require = createRequire(import.meta.url);
  return {
    engine: pathToFileURL(require.resolve('quickjs-wasi')).href,
    wasm: readFileSync(require.resolve('quickjs-wasi/quickjs.wasm')),
    ...{ guest: String(guest), builtIns: String(builtIns) },
  };
}
