import { ensureImage } from '../../docker/images.js';
import { runtimeOrAdvice } from '../engines/select.js';
import { exitCodes } from './exit-codes.js';

/** `connector-lab images`. */
export async function images(): Promise<number> {
  const docker = await runtimeOrAdvice();
  const started = performance.now();
  const name = await ensureImage(docker, (text) => process.stderr.write(`${text}\n`));
  process.stdout.write(`${name} is there (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  return exitCodes.ok;
}
