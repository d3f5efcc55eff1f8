import { runtimeOrAdvice } from '../engines/select.js';
import { UsageError } from './usage-error.js';

/** Nothing is fetched: what is started in a lab is what its user has looked at. @throws UsageError, NoEngineError */
export async function assertImage(image: string): Promise<void> {
  const docker = await runtimeOrAdvice();
  try {
    await docker.getImage(image).inspect();
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== 404 && statusCode !== 400) throw error;
    throw new UsageError(
      `--client ${image}: the container engine has no such image; docker images lists those that it has, docker pull gets one`,
      { cause: error },
    );
  }
}
