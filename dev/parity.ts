// `npm run parity [NAME] [SEED] [COUNT]`: the whole catalogue on both engines, and a check of every site file, of
// each with its requests granted, and of random sites, compared result by result.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machinesCannot } from '../harness/engines/containers/machines-cannot.js';
import { type Engine, NoEngineError } from '../harness/engines/engine.js';
import { type EngineName, selectEngine } from '../harness/engines/select.js';
import { checkSite } from '../harness/run/check.js';
import { run } from '../harness/run/run.js';
import { loadScenarios } from '../model/scenario/load.js';
import { compareChecks, compareEngines, type Difference, inWords } from '../model/verdict/parity.js';
import type { RunResults } from '../model/verdict/results.js';
import { missingInWords } from '../reports/contract/missing.js';
import { paritySites, wrongCheck } from './parity-sites.js';

const catalogue = await loadScenarios(fileURLToPath(new URL('../scenarios', import.meta.url)));
/** Only those of which the name holds it. */
const [, , pattern = '', seed = '7', count = '4'] = process.argv;
const everySite = await paritySites(
  fileURLToPath(new URL('../scenarios/sites', import.meta.url)),
  Number(seed),
  Number(count),
  (site) => machinesCannot(site) === undefined,
);
const sites = everySite.filter(({ name }) => name.includes(pattern));
/** What one engine found: scenarios, and checks by the name of the site. */
interface OfEngine {
  results: RunResults;
  checks: Map<string, RunResults>;
  /** Checks that cannot be right, in words. */
  wrong: string[];
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
  const ofSites = await checkAll(engine);
  console.error(`  ${name}: ${ofSites.checks.size} sites checked`);
  return { results, ...ofSites };
}

/** Every site, as many at once as there are processors. A site that the engine cannot do has no results. */
async function checkAll(engine: Engine): Promise<Omit<OfEngine, 'results'>> {
  const checks: OfEngine['checks'] = new Map();
  const wrong: string[] = [];
  const left = [...sites];
  const work = async (_: unknown, worker: number) => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      if (engine.cannot(one.site) !== undefined || (one.onlyEmbedded && engine.name !== 'embedded')) continue;
      const out = join(folder, `${engine.name}-${worker}`);
      const results = await checkSite(one.site, { engine, out });
      checks.set(one.name, results);
      const why = wrongCheck(one, results);
      if (why !== undefined)
        wrong.push(`${one.name} on ${engine.name}: ${why}\n  ${JSON.stringify(one.site)}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return { checks, wrong };
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
  const failed = [embedded, containers].flatMap(({ results: { engine, scenarios } }) =>
    scenarios.flatMap(({ id, outcome, reason }) => (outcome === 'failed' ? [{ engine, id, reason }] : [])),
  );
  for (const { engine, id, reason } of failed) console.log(`failed on ${engine}: ${id}: ${reason}`);
  const wrong = [...embedded.wrong, ...containers.wrong];
  for (const one of wrong) console.log(`wrong: ${one}`);
  for (const difference of differences) console.log(inWords(difference, ['embedded', 'containers']));
  for (const { scenario, reason } of skipped) console.log(`skipped: ${scenario}: ${reason}`);
  for (const { name, onlyEmbedded } of sites)
    if (!embedded.checks.has(name) || !(onlyEmbedded || containers.checks.has(name)))
      console.log(`skipped: ${name}: one engine cannot do it`);
  const ran = ofContainers.filter(({ outcome }) => outcome !== 'skipped').length;
  console.log(
    `Parity: ${ran} scenarios ran on containers, ${compared} of them embedded too, and ${containers.checks.size} sites were checked (random ones of seed ${seed}): ${differences.length} differences, ${wrong.length} wrong; ${skipped.length} skipped by one engine`,
  );
  const passed = ofContainers.filter(({ outcome }) => outcome === 'passed').length;
  console.log(`${passed} passed, ${failed.length} failed, ${ofContainers.length - ran} skipped`);
  process.exitCode = failed.length + differences.length + wrong.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoEngineError) || process.env.CI === 'true') throw error;
  console.log(`Parity: skipped, because ${error.message}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
