import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { decide } from '../../../model/policy/decide.js';
import type { Flow } from '../../../model/policy/flow.js';
import { asLearned } from '../../../model/policy/known-names.js';
import { documentedSite } from '../../../model/site/documented.js';
import { edgeFirewalls } from '../../../model/site/edge-firewalls.js';
import type { Site } from '../../../model/site/schema.js';
import { accounts, ownAccount, policies, zone } from './random-policies.js';
import { engineForTests, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
/** What is asked for at least; a policy gives some forty. */
const wanted = 2000;
const policiesAtMost = 200;
const flowsPerPolicy = 40;
const server = 'app-proxy-01';
const ports = [80, 443, 8080];
const policy = policies([server, 'app-proxy-02'], ports);
const target = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...zone.map(({ name }) => name)) },
  // Addresses that no name has: a firewall that learns names knows those of the others.
  fc
    .record({ third: fc.integer({ min: 62, max: 72 }), last: fc.integer({ min: 200, max: 250 }) })
    .map(({ third, last }) => `198.18.${third}.${last}`),
);
const flow = fc.record({
  host: target,
  port: fc.constantFrom(...ports),
  account: fc.constantFrom(...accounts),
});
const story = fc.record({
  edges: fc.array(
    fc.tuple(
      policy,
      fc.subarray(
        zone.map(({ name }) => name),
        { maxLength: 3 },
      ),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  host: policy,
  flows: fc.array(flow, { minLength: flowsPerPolicy, maxLength: flowsPerPolicy }),
});

it.skipIf(!docker)(
  'the kernel decides as the policy says: action and rule of every connection',
  async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    const events: LabEvent[] = [];
    const base = documentedSite({ servers: [{ name: server, services: { connector: ownAccount } }] });
    await using lab = await engine.open(base, {
      scenario: 'kernel',
      startAt: Date.now(),
      record: (event) => void events.push(event),
    });
    const seed = Date.now() & 0xffff;
    let decisions = 0;
    for (const { edges, host, flows } of fc.sample(story, { numRuns: policiesAtMost, seed })) {
      if (decisions >= wanted) break;
      const site: Site = {
        ...base,
        firewalls: edges.map(([edge, others], at) => ({
          ...base.firewall,
          ...edge,
          name: `fw-${at + 1}`,
          'other-answers': others,
        })),
        servers: base.servers.map((one) => ({ ...one, 'host-firewall': host })),
      };
      await lab.change(site);
      events.length = 0;
      await Promise.all(flows.map((one) => lab.perform({ do: 'reach', from: server, ...one })));
      const told = JSON.stringify({ seed, edges, host });
      for (const connection of events.filter((event) => event.kind === 'connection')) {
        const seen = events.filter(
          (event) => event.kind === 'decision' && event.connection === connection.connection,
        );
        const expected = expectedDecisions(site, {
          machine: server,
          account: connection.account,
          host: connection.host,
          names: namesOf(connection.host),
          address: connection.address,
          port: connection.port,
        });
        const found = seen
          .filter((event) => event.kind === 'decision' && event.action !== 'unreachable')
          .map((event) => (event.kind === 'decision' ? `${event.device} ${event.action} ${event.rule}` : ''));
        expect(found.sort(), `${connection.host}:${connection.port} ${connection.account} ${told}`).toEqual(
          expected.sort(),
        );
        decisions += found.length;
      }
      expect(events.filter((event) => event.kind === 'connection')).toHaveLength(flows.length);
    }
    console.log(`${decisions} decisions of the kernel compared with the policy, seed ${seed}`);
    expect(decisions).toBeGreaterThanOrEqual(wanted);
  },
  300_000,
);

function namesOf(host: string): string[] {
  const entry = zone.find(({ name }) => name === host);
  return entry ? [host, ...entry.chain] : [];
}

function expectedDecisions(site: Site, one: Flow): string[] {
  const own = decide(site.servers[0]?.['host-firewall'] ?? { default: 'allow', rules: [] }, one);
  const first = `host-firewall ${own.action} ${own.rule}`;
  if (own.action !== 'allow') return [first];
  const found = [first];
  for (const firewall of edgeFirewalls(site)) {
    const { action, rule } = decide(firewall, asLearned(firewall, one));
    found.push(`edge-firewall ${action} ${rule}`);
    if (action !== 'allow') break;
  }
  return found;
}
