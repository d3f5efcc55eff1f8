#!/usr/bin/env node
// In a clone the sources run as they are; in the published package `dist` holds them compiled.
import { existsSync } from 'node:fs';

const compiled = new URL('../dist/harness/cli/main.js', import.meta.url);
if (existsSync(compiled)) {
  await import(compiled);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../harness/cli/main.ts');
}
