import type { Engine } from './engine.js';

export const engineNames = ['auto', 'embedded', 'containers'] as const;
export type EngineName = (typeof engineNames)[number];

/** No engine of the wanted kind can run here; the message says what to do. */
export class NoEngineError extends Error {
  override readonly name = 'NoEngineError';
}

/**
 * The engine to run on. `auto` is the containers engine where it can run, else the embedded one.
 * @throws NoEngineError
 */
export async function selectEngine(name: EngineName): Promise<Engine> {
  if (name === 'containers')
    throw new NoEngineError('the containers engine is not part of this version yet; use --engine embedded');
  const { EmbeddedEngine } = await import('./embedded/embedded-engine.js');
  return new EmbeddedEngine();
}
