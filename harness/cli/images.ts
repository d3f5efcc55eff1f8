import { buildCommandLine, type CommandLineEngine } from '../../docker/command-line.js';
import { ensureImage } from '../../docker/images.js';
import { push } from '../../docker/registry.js';
import { runtimeOrAdvice } from '../engines/select.js';
import { exitCodes } from './exit-codes.js';

export interface ImagesFlags {
  commandLine?: CommandLineEngine;
  /** Where a registry of the user's has the image, or shall have it. */
  image?: string;
  push?: string;
}

/** `connector-lab images`. */
export async function images({ commandLine, image, push: to }: ImagesFlags): Promise<number> {
  const docker = await runtimeOrAdvice();
  const started = performance.now();
  const progress = (text: string) => void process.stderr.write(`${text}\n`);
  const name = commandLine
    ? await buildCommandLine(docker, { engine: commandLine, progress })
    : await ensureImage(docker, progress, image);
  process.stdout.write(`${name} is there (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  if (to !== undefined) {
    progress(`pushing it to ${to}`);
    const there = await push(docker, name, to);
    const how = commandLine ? 'docker pull' : `connector-lab images --image ${to}`;
    process.stdout.write(`${there} has it, and ${how} takes it from there\n`);
  }
  return exitCodes.ok;
}
