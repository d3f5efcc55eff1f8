// `npm run parity`: the whole catalogue, and a check of every site file, on both engines, compared result by
// result.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Engine, NoEngineError } from '../harness/engines/engine.js';
import { type EngineName, selectEngine } from '../harness/engines/select.js';
import { checkSite } from '../harness/run/check.js';
import { run } from '../harness/run/run.js';
import { loadScenarios } from '../model/scenario/load.js';
import { readSite } from '../model/site/read.js';
import { compareChecks, compareEngines, type Difference, inWords } from '../model/verdict/parity.js';
import type { RunResults } from '../model/verdict/results.js';
import { missingInWords } from '../reports/contract/missing.js';

const catalogue = await loadScenarios(fileURLToPath(new URL('../scenarios', import.meta.url)));
/** Only those of which the name holds it. */
const [, , pattern = ''] = process.argv;
const siteFolder = fileURLToPath(new URL('../scenarios/sites', import.meta.url));
const sites = (await readdir(siteFolder)).filter(
  (name) => name.endsWith('.yaml') && siteId(name).includes(pattern),
);
function siteId(file: string): string {
  return `sites/${file.replace('.yaml', '')}`;
}
/** What one engine found: scenarios, and checks by site. */
interface OfEngine {
  results: RunResults;
  checks: Map<string, RunResults>;
}
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-parity-'));

async function runOn(name: EngineName): Promise<OfEngine> {
  await using engine = await selectEngine(name, (text) => console.error(text));
  let last = 0;
  const results = await run({
    scenarios: catalogue.filter(({ scenario }) => scenario.id.includes(pattern)),
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
  const checks = await checkAll(engine);
  console.error(`  ${name}: ${checks.size} sites checked`);
  return { results, checks };
}

/** Every site, as many at once as there are processors. A site that the engine cannot do has no results. */
async function checkAll(engine: Engine): Promise<OfEngine['checks']> {
  const checks: OfEngine['checks'] = new Map();
  const left = [...sites];
  const work = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const site = await readSite(join(siteFolder, file));
      if (engine.cannot(site) !== undefined) continue;
      const results = await checkSite(site, { engine, out: join(folder, engine.name, file) });
      checks.set(siteId(file), results);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return checks;
}

/** Differences between the checks of sites that both engines can do. */
function compareSites(first: OfEngine['checks'], second: OfEngine['checks']): Difference[] {
  return [...first].flatMap(([site, results]) => {
    const other = second.get(site);
    return other ? compareChecks(site, results, other) : [];
  });
}

try {
  const embedded = await runOn('embedded');
  const containers = await runOn('containers');
  const { compared, skipped, differences } = compareEngines(embedded.results, containers.results);
  differences.push(...compareSites(embedded.checks, containers.checks));
  const { scenarios: ofContainers } = containers.results;
  const failed = ofContainers.filter(({ outcome }) => outcome === 'failed');
  for (const { id, reason } of failed) console.log(`failed on containers: ${id}: ${reason}`);
  for (const difference of differences) console.log(inWords(difference, ['embedded', 'containers']));
  for (const { scenario, reason } of skipped) console.log(`skipped: ${scenario}: ${reason}`);
  for (const name of sites.map(siteId))
    if (!embedded.checks.has(name) || !containers.checks.has(name))
      console.log(`skipped: ${name}: one engine cannot do it`);
  const ran = ofContainers.filter(({ outcome }) => outcome !== 'skipped').length;
  console.log(
    `Parity: ${ran} scenarios ran on containers, ${compared} of them embedded too, and ${containers.checks.size} sites were checked: ${differences.length} differences; ${skipped.length} skipped by one engine`,
  );
  const passed = ofContainers.filter(({ outcome }) => outcome === 'passed').length;
  console.log(`${passed} passed, ${failed.length} failed, ${ofContainers.length - ran} skipped`);
  process.exitCode = failed.length + differences.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoEngineError) || process.env.CI === 'true') throw error;
  console.log(`Parity: skipped, because ${error.message}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
