import type Docker from 'dockerode';
import { type Engine, type EngineSettings, NoEngineError } from './engine.js';

export const engineNames = ['auto', 'embedded', 'containers'] as const;
export type EngineName = (typeof engineNames)[number];

/**
 * The engine to run on. `auto` is the containers engine where a container runtime answers and its
 * image is built, so that a first run is never slow; else the embedded one.
 * @throws NoEngineError
 */
export async function selectEngine(
  name: EngineName,
  progress: (text: string) => void = () => {},
  settings: EngineSettings = {},
): Promise<Engine> {
  if (name === 'containers') return startContainers(progress, settings);
  if (name === 'auto' && (await isContainersReady())) return startContainers(progress, settings);
  const { EmbeddedEngine } = await import('./embedded/embedded-engine.js');
  return new EmbeddedEngine();
}

/**
 * The container runtime of this machine.
 * @throws NoEngineError which says what to do
 */
export async function runtimeOrAdvice(): Promise<Docker> {
  const { findRuntime } = await import('./containers/runtime.js');
  try {
    return await findRuntime();
  } catch (error) {
    if (error instanceof NoEngineError) throw error;
    throw new NoEngineError(
      `${(error as Error).message}: install and start Docker Engine (connector-lab doctor says more), or use --engine embedded`,
      { cause: error },
    );
  }
}

async function startContainers(progress: (text: string) => void, settings: EngineSettings): Promise<Engine> {
  const docker = await runtimeOrAdvice();
  const { ContainersEngine } = await import('./containers/containers-engine.js');
  try {
    return await ContainersEngine.start(docker, progress, settings);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ImageError')
      throw new NoEngineError(`${message}; or use --engine embedded`, { cause: error });
    throw error;
  }
}

async function isContainersReady(): Promise<boolean> {
  const { mayAnswer } = await import('./containers/sockets.js');
  if (!mayAnswer()) return false;
  try {
    const [{ findRuntime }, { imageState }] = await Promise.all([
      import('./containers/runtime.js'),
      import('../../docker/images.js'),
    ]);
    return (await imageState(await findRuntime())).present;
  } catch {
    return false;
  }
}
