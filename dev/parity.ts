// `npm run parity`: the whole catalogue on both engines, compared result by result.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NoEngineError } from '../harness/engines/engine.js';
import { type EngineName, selectEngine } from '../harness/engines/select.js';
import { run } from '../harness/run/run.js';
import { loadScenarios } from '../model/scenario/load.js';
import { compareEngines, inWords } from '../model/verdict/parity.js';
import type { RunResults } from '../model/verdict/results.js';
import { missingInWords } from '../reports/contract/missing.js';

const scenarios = await loadScenarios(fileURLToPath(new URL('../scenarios', import.meta.url)));
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-parity-'));

async function runOn(name: EngineName): Promise<RunResults> {
  await using engine = await selectEngine(name, (text) => console.error(text));
  let last = 0;
  const results = await run({
    scenarios,
    engine,
    out: join(folder, name),
    workers: availableParallelism(),
    onProgress: ({ done, total }) => {
      if (done < last + 20 && done < total) return;
      last = done;
      console.error(`  ${name}: ${done} of ${total}`);
    },
  });
  // Half a catalogue without differences is no parity.
  if (results.missing) throw new Error(missingInWords(results.missing));
  return results;
}

try {
  const embedded = await runOn('embedded');
  const containers = await runOn('containers');
  const { compared, skipped, differences } = compareEngines(embedded, containers);
  const failed = containers.scenarios.filter(({ outcome }) => outcome === 'failed');
  for (const { id, reason } of failed) console.log(`failed on containers: ${id}: ${reason}`);
  for (const difference of differences) console.log(inWords(difference, ['embedded', 'containers']));
  for (const { scenario, reason } of skipped) console.log(`skipped: ${scenario}: ${reason}`);
  const ran = containers.scenarios.filter(({ outcome }) => outcome !== 'skipped').length;
  console.log(
    `Parity: ${ran} scenarios ran on containers, ${compared} of them embedded too: ${differences.length} differences; ${skipped.length} skipped by one engine`,
  );
  const passed = containers.scenarios.filter(({ outcome }) => outcome === 'passed').length;
  console.log(`${passed} passed, ${failed.length} failed, ${containers.scenarios.length - ran} skipped`);
  process.exitCode = failed.length + differences.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoEngineError) || process.env.CI === 'true') throw error;
  console.log(`Parity: skipped, because ${error.message}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
