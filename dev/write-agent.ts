// Part of `npm run build`: what the package needs to build the image of the containers engine.
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildAgent } from '../docker/build-agent.js';

const source = new URL('../docker/', import.meta.url);
const target = new URL('../dist/docker/', import.meta.url);
const program = new URL('program/', target);
await rm(program, { recursive: true, force: true });
await mkdir(program, { recursive: true });
for (const { name, contents } of await buildAgent()) await writeFile(new URL(name, program), contents);
await copyFile(fileURLToPath(new URL('Dockerfile', source)), fileURLToPath(new URL('Dockerfile', target)));
await cp(new URL('scripts', source), new URL('scripts', target), { recursive: true });
