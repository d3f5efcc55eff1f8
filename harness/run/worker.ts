import { type EngineName, selectEngine } from '../engines/select.js';
import { loadScenario } from '../scenario/load.js';
import type { WorkerTask } from './pool.js';
import { runScenario } from './run-scenario.js';

/** One process of a run: gets scenarios by file and id, answers with results and evidence. */
const engine = selectEngine(process.argv[2] as EngineName, (text) => process.stderr.write(`${text}\n`));

process.on('message', (task: WorkerTask) => void answer(task));
// Ctrl-C reaches the whole group of processes; the runner decides when this one ends.
process.on('SIGINT', () => {});
// The runner has no more work, or is gone, however it went.
process.on('disconnect', () => void end());

async function answer({ id, file, startAt }: WorkerTask): Promise<void> {
  process.send?.(await runScenario(await loadScenario(file, id), await engine, { startAt }));
}

async function end(): Promise<void> {
  await (await engine)[Symbol.asyncDispose]();
  process.exit();
}
