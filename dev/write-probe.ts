// The probe alone as one file for any Node: `npm run build:probe`, and part of `npm run build`.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { buildProbe } from '../harness/cli/build-probe.js';

const folder = new URL('../dist/', import.meta.url);
const contents = await buildProbe();
await mkdir(folder, { recursive: true });
await writeFile(new URL('connector-lab-probe.mjs', folder), contents);
const digest = createHash('sha256').update(contents).digest('hex');
process.stdout.write(`dist/connector-lab-probe.mjs: ${contents.length} bytes, SHA-256 ${digest}\n`);
