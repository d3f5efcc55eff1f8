// Part of `npm run build`: what the package needs to build the image of the containers engine.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleAgent } from '../docker/bundle.js';

const source = new URL('../docker/', import.meta.url);
const target = new URL('../dist/docker/', import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(new URL('agent.mjs', target), await bundleAgent());
await copyFile(fileURLToPath(new URL('Dockerfile', source)), fileURLToPath(new URL('Dockerfile', target)));
