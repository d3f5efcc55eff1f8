#!/usr/bin/env node
// In a clone the sources run as they are; the published package holds them compiled, in `dist`.
import { existsSync } from 'node:fs';

const source = new URL('../harness/cli/main.ts', import.meta.url);
try {
  if (existsSync(source)) {
    const { register } = await import('tsx/esm/api');
    register();
    await import(source.href);
  } else {
    await import('../dist/harness/cli/main.js');
  }
} catch (error) {
  // Of what tells errors in words, nothing may have been read yet (harness/cli/errors.ts says the same later).
  if (error?.code !== 'EMFILE' && error?.code !== 'ENFILE') throw error;
  process.stderr.write(
    'too few files may be open at a time: raise the limit (ulimit -n 1024), then run again\n',
  );
  process.exit(2);
}
