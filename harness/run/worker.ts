import { selectEngine } from '../engines/select.js';
import { loadScenario } from '../scenario/load.js';
import type { WorkerTask } from './pool.js';
import { runScenario } from './run-scenario.js';

/** One process of a run: gets scenarios by file and id, answers with results and evidence. */
const engine = await selectEngine('embedded');

process.on('message', (task: WorkerTask) => void answer(task));
// Ctrl-C reaches the whole group of processes; the runner decides when this one ends.
process.on('SIGINT', () => {});
// The runner is gone, however it went.
process.on('disconnect', () => process.exit());

async function answer({ id, file, startAt }: WorkerTask): Promise<void> {
  process.send?.(await runScenario(await loadScenario(file, id), engine, { startAt }));
}
