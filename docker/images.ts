import { createHash } from 'node:crypto';
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { exists, findBase, machineBase, recipe } from './base.js';
import { bundleAgent } from './bundle.js';
import type { BundledFile } from './bundled-file.js';
import { ImageError } from './image-error.js';
import { take } from './registry.js';

const repository = 'connector-lab/machine';
const folder = fileURLToPath(new URL('.', import.meta.url));

export interface ImageState {
  /** Name with a tag made of what is in it: another tree has another name. */
  name: string;
  present: boolean;
}

/** The image that this tree needs, and whether the engine has it. */
export async function imageState(docker: Docker): Promise<ImageState> {
  const name = nameOf(await bundleAgent(), await recipe(folder));
  return { name, present: await exists(docker, name) };
}

/**
 * Builds the image of this tree where the engine does not have it. An unchanged tree builds nothing; a
 * change of the program costs one layer. `from`: a registry's repository that has it, so that machines of a
 * farm do not each build it.
 * @throws ImageError
 */
export async function ensureImage(
  docker: Docker,
  progress: (text: string) => void,
  from = process.env.CONNECTOR_LAB_IMAGE,
): Promise<string> {
  const agent = await bundleAgent();
  const name = nameOf(agent, await recipe(folder));
  if (await exists(docker, name)) return name;
  if (from) {
    progress(`taking ${name} from ${from}`);
    await take(docker, name, from);
    return name;
  }
  const base = await findBase(docker, progress);
  progress(`building ${name}`);
  const context = await mkdtemp(join(tmpdir(), 'connector-lab-image-'));
  try {
    await copyFile(join(folder, 'Dockerfile'), join(context, 'Dockerfile'));
    await cp(join(folder, 'scripts'), join(context, 'scripts'), { recursive: true });
    for (const { name: file, contents } of agent) await writeFile(join(context, file), contents);
    const { GenericContainer } = await import('testcontainers');
    await GenericContainer.fromDockerfile(context)
      .withBuildArgs({
        BASE: base,
        PACKAGES: machineBase.packages.join(' '),
        CONTENTS: name.slice(name.indexOf(':') + 1),
      })
      .build(name, { deleteOnExit: false });
  } catch (error) {
    throw new ImageError(`${name} could not be built: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(context, { recursive: true, force: true });
  }
  return name;
}

/** Removes every image of the lab that no container uses; returns how many. */
export async function removeImages(docker: Docker): Promise<number> {
  const list = await docker.listImages({ filters: { reference: ['connector-lab/*'] } });
  const removed = await Promise.all(
    list.map(async ({ Id }) => {
      try {
        await docker.getImage(Id).remove({ force: true });
        return true;
      } catch {
        // A live run uses it.
        return false;
      }
    }),
  );
  return removed.filter(Boolean).length;
}

function nameOf(agent: readonly BundledFile[], text: string): string {
  const hash = createHash('sha256').update(text);
  for (const { name, contents } of agent) hash.update(name).update(contents);
  return `${repository}:${hash.digest('hex').slice(0, 16)}`;
}
