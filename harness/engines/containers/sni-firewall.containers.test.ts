import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { decide } from '../../../model/policy/decide.js';
import { documentedSite } from '../../../model/site/documented.js';
import { ruleSchema } from '../../../model/site/schema.js';
import { policies, zone } from './random-policies.js';
import { engineForTests, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const server = 'app-proxy-01';
const policiesPerRun = 8;
const life = ['install', 'sign-in', 'register', 'bootstrap', 'listen', 'update'] as const;

it.skipIf(!docker)('squid, which peeks, decides about names as the policy says', async () => {
  if (!docker) return;
  const engine = await engineForTests(docker);
  const events: LabEvent[] = [];
  const base = documentedSite();
  const record = (event: LabEvent) => events.push(event);
  await using lab = await engine.open(base, { scenario: 'sni', startAt: Date.now(), record });
  const seed = Date.now() & 0xffff;
  const seen = { decisions: 0, refused: 0 };
  const policy = policies([server, 'app-proxy-02'], [80, 443], { account: false });
  // Names matter in every one of them, and some are refused: random rules alone seldom do.
  const refusal = fc
    .record({
      name: fc.constantFrom(...zone.map(({ name }) => name)),
      action: fc.constantFrom('deny', 'reject', 'reset'),
    })
    .map(({ name, action }) => ruleSchema.parse({ [action]: name }));
  const story = fc.record({ policy, refusals: fc.array(refusal, { minLength: 6, maxLength: 12 }) });
  for (const { policy: random, refusals } of fc.sample(story, { numRuns: policiesPerRun, seed })) {
    const rules = [...refusals, ...random.rules, ...base.firewall.rules];
    const firewall = { ...base.firewall, ...random, rules, 'names-from': 'sni' as const };
    await lab.change({ ...base, firewall });
    events.length = 0;
    for (const operation of life) await lab.perform({ do: 'operate', server, operation });
    for (const event of events) {
      if (event.kind !== 'decision' || !event.byName) continue;
      const { host } = event.flow;
      const { action, rule } = decide(firewall, { ...event.flow, names: [host] });
      const told = JSON.stringify({ seed, host, refusals, random });
      expect(`${event.action} ${event.rule}`, told).toBe(`${action} ${rule}`);
      seen.decisions += 1;
      if (action !== 'allow') seen.refused += 1;
    }
  }
  console.log(`${seen.decisions} decisions by name compared, ${seen.refused} of them refusals, seed ${seed}`);
  expect(seen.decisions).toBeGreaterThanOrEqual(40);
  expect(seen.refused).toBeGreaterThanOrEqual(8);
});
