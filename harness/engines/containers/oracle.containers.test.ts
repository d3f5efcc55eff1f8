import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { internetOf } from '../../../model/path/public-host.js';
import { compareWay, recordedIn } from '../../../model/path/recorded.js';
import { anyFlowIn } from '../../../model/path/testing/flows.js';
import { anySite, seed } from '../../../model/path/testing/sites.js';
import { Walker } from '../../../model/path/walk.js';
import { completeSite } from '../../../model/site/complete.js';
import { internetHosts } from '../internet.js';
import { sendFlow } from '../send-flow.js';
import { engineForTests, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const sites = 60;

it.skipIf(!docker)(
  'real machines do with every flow what the oracle says: which device decides, by which rule, and the end of it',
  async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    const events: LabEvent[] = [];
    const base = completeSite({ site: 'Any', servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }] });
    const internet = internetOf(internetHosts(base));
    await using lab = await engine.open(base, {
      scenario: 'oracle',
      startAt: Date.now(),
      record: (event) => void events.push(event),
    });
    const story = anySite
      .filter((site) => engine.cannot(site) === undefined)
      .chain((site) =>
        fc.tuple(fc.constant(site), fc.array(anyFlowIn(site, internet), { minLength: 3, maxLength: 4 })),
      );
    const seen = { through: 0, stopped: 0 };
    // squid tries hosts again in its own time: what becomes of that is told with a later flow.
    const earlier = new Set<string>();
    for (const [site, flows] of fc.sample(story, { numRuns: sites, seed })) {
      await lab.change(site);
      const walker = new Walker(site, internet);
      for (const flow of flows) {
        events.length = 0;
        const { server, account, stack } = flow;
        const dial = lab.dialer(server, { account, stack });
        const isThrough = await sendFlow(site, flow, dial, new AbortController().signal);
        // The evidence of a step is complete when it ends.
        await lab.perform({ do: 'pass', ms: 1 });
        const own = events.filter((event) => event.kind !== 'decision' || !earlier.has(event.connection));
        const { differences } = compareWay(walker.walk(flow), recordedIn(own), isThrough);
        expect(differences, JSON.stringify({ seed, flow, site })).toEqual([]);
        for (const event of events) if (event.kind === 'connection') earlier.add(event.connection);
        seen[isThrough ? 'through' : 'stopped'] += 1;
      }
    }
    expect(Math.min(seen.through, seen.stopped)).toBeGreaterThan(sites / 4);
  },
  1_200_000,
);
