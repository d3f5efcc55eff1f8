import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { artefacts } from '../../harness/cli/artefacts.js';
import { selectEngine } from '../../harness/engines/select.js';
import { run } from '../../harness/run/run.js';
import { type LoadedScenario, loadScenarios } from '../../model/scenario/load.js';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A scenario of the catalogue, of which large runs are made. @throws Error where there is none of this id */
export async function scenarioOf(id: string): Promise<LoadedScenario> {
  const loaded = await loadScenarios(fileURLToPath(new URL('../../scenarios', import.meta.url)));
  const found = loaded.find(({ scenario }) => scenario.id === id);
  if (!found) throw new Error(`the catalogue has no ${id}`);
  return found;
}

/** The same scenario under so many names. */
function copies({ scenario, file }: LoadedScenario, count: number): LoadedScenario[] {
  return Array.from({ length: count }, (_, index) => ({
    file,
    scenario: { ...scenario, id: `growth/${String(index).padStart(4, '0')}` },
  }));
}

/** Milliseconds and bytes a scenario of a whole run, in this process, with every report. */
export async function runOf(
  loaded: LoadedScenario,
  count: number,
  folder: string,
): Promise<{ ms: number; bytes: number }> {
  await using engine = await selectEngine('embedded');
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const began = performance.now();
  let held = 0;
  let measuring = 0;
  await run({
    scenarios: copies(loaded, count),
    engine,
    out: join(folder, `run-${count}`),
    workers: 1,
    artefacts: (results, evidence) => {
      const stopped = performance.now();
      collectGarbage();
      held = process.memoryUsage().heapUsed - before;
      measuring = performance.now() - stopped;
      return artefacts(results, evidence);
    },
  });
  return { ms: (performance.now() - began - measuring) / count, bytes: held / count };
}
