// The probe alone as one file for any Node: `npm run build:probe`, and part of `npm run build`.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { buildProbe } from '../harness/cli/build-probe.js';

const folder = new URL('../dist/', import.meta.url);
const { code } = await buildProbe();
await mkdir(folder, { recursive: true });
await writeFile(new URL('connector-lab-probe.cjs', folder), code);
const digest = createHash('sha256').update(code).digest('hex');
process.stdout.write(`dist/connector-lab-probe.cjs: ${code.length} bytes, SHA-256 ${digest}\n`);
