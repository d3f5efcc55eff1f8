import { removeImages } from '../../docker/images.js';
import { sweep } from '../engines/containers/sweep.js';
import { runtimeOrAdvice } from '../engines/select.js';
import { exitCodes } from './exit-codes.js';

/** `connector-lab clean`. */
export async function clean(flags: { images?: true; kept?: true; json?: true }): Promise<number> {
  const docker = await runtimeOrAdvice();
  const swept = { ...(await sweep(docker, flags)), images: flags.images ? await removeImages(docker) : 0 };
  const still = swept.kept > 0 ? ` Labs that were kept: ${swept.kept}; --kept removes them.` : '';
  if (flags.json) process.stdout.write(`${JSON.stringify(swept)}\n`);
  else
    process.stdout.write(
      `Removed ${swept.containers} containers and ${swept.images} images of dead runs.${still}\n`,
    );
  return exitCodes.ok;
}
