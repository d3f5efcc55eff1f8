// Part of `npm run build`: what the package needs to build its images.
import { cp, rm } from 'node:fs/promises';
import { buildAgent } from '../docker/build-agent.js';
import { packAgent } from '../docker/bundle.js';

const source = new URL('../docker/', import.meta.url);
const target = new URL('../dist/docker/', import.meta.url);
const program = new URL('program/', target);
await rm(program, { recursive: true, force: true });
await packAgent(await buildAgent(), program);
for (const name of ['Dockerfile', 'CommandLine.Dockerfile', 'healthy.mjs', 'scripts'])
  await cp(new URL(name, source), new URL(name, target), { recursive: true });
