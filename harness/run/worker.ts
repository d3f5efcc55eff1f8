import { parentPort } from 'node:worker_threads';
import { selectEngine } from '../engines/select.js';
import { loadScenario } from '../scenario/load.js';
import type { WorkerTask } from './pool.js';
import { runScenario } from './run-scenario.js';

/** One thread of a run: gets scenarios by file and id, answers with results and evidence. */
parentPort?.on('message', (task: WorkerTask) => {
  void answer(task);
});

async function answer({ id, file, engine, startAt }: WorkerTask): Promise<void> {
  const loaded = await loadScenario(file, id);
  parentPort?.postMessage(await runScenario(loaded, await selectEngine(engine), { startAt }));
}
