// Part of `npm run build`: what the package needs to build the image of the containers engine.
import { copyFile, cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildAgent } from '../docker/build-agent.js';
import { packAgent } from '../docker/bundle.js';

const source = new URL('../docker/', import.meta.url);
const target = new URL('../dist/docker/', import.meta.url);
const program = new URL('program/', target);
await rm(program, { recursive: true, force: true });
await packAgent(await buildAgent(), program);
await copyFile(fileURLToPath(new URL('Dockerfile', source)), fileURLToPath(new URL('Dockerfile', target)));
await cp(new URL('scripts', source), new URL('scripts', target), { recursive: true });
