import { ContainersEngine } from './engines/containers/containers-engine.js';
import { runScenario } from './run/run-scenario.js';
import { loadScenarios } from './scenario/load.js';

const args = process.argv.slice(2);
const all = await loadScenarios('/work/main/scenarios');
const wanted = all.filter(({ scenario }) => args.length === 0 || args.some((a) => scenario.id.includes(a)));
await using engine = await ContainersEngine.start({ progress: console.error });
const startAt = Date.now();
let bad = 0;
for (const { scenario } of wanted) {
  const t = performance.now();
  const f = await runScenario(scenario, engine, { startAt });
  console.log(f.results.outcome, scenario.id, Math.round(performance.now() - t), f.results.reason ?? '');
  if (f.results.outcome === 'failed') {
    bad++;
    if (process.env.V) for (const e of f.events) console.log(JSON.stringify(e));
    for (const p of f.results.phases)
      for (const r of [...p.results, ...(p.observations ?? [])])
        if (!r.matched) console.log('   ', p.phase, JSON.stringify(r));
  }
}
console.log({ bad, of: wanted.length });
