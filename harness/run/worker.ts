import { loadScenario } from '../../model/scenario/load.js';
import { type EngineSettings, NoEngineError } from '../engines/engine.js';
import { type EngineName, selectEngine } from '../engines/select.js';
import type { PlayOptions } from './play.js';
import { runScenario } from './run-scenario.js';
import type { WorkerMessage, WorkerTask } from './worker-process.js';

/** One process of a run: gets scenarios by file and id, answers with results and evidence. */
const [, , name, settings = '{}'] = process.argv;
const engine = selectEngine(
  name as EngineName,
  (text) => process.stderr.write(`${text}\n`),
  JSON.parse(settings) as EngineSettings,
);
// Told to whoever asks for a scenario.
engine.catch(() => {});
// Whoever asked may be gone; who has nobody to tell ends by `disconnect`.
const say = (message: WorkerMessage) => process.send?.(message, undefined, undefined, () => {});

process.on('message', (task: WorkerTask) => void answer(task));
// The runner has no more work, or is gone, however it went.
process.on('disconnect', () => void end());

async function answer({ id, file, startAt, repetition, keep }: WorkerTask): Promise<void> {
  const onKept: PlayOptions['onKept'] = (_, kept) => say({ kept });
  const options = { startAt, repetition, ...(keep && { onKept }) };
  try {
    say(await runScenario(await loadScenario(file, id), await engine, options));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    say(error instanceof NoEngineError ? { noEngine: words } : { failed: words });
  }
}

async function end(): Promise<void> {
  // A scenario that was under way loses its lab: what fails in it now is nobody's, and not for the screen.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, () => {});
  try {
    await (await engine)[Symbol.asyncDispose]();
  } finally {
    process.exit();
  }
}
