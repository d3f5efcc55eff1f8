import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import type { LabEvent } from '../../evidence/event.js';
import { accounts } from '../../evidence/vocabulary.js';
import { decide } from '../../policy/decide.js';
import type { Flow } from '../../policy/flow.js';
import { serviceTags } from '../../requirements/service-tags.js';
import { documentedSite } from '../../site/documented.js';
import { type Rule, ruleSchema, type Site } from '../../site/schema.js';
import { ContainersEngine } from './containers-engine.js';
import { runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const policies = 45;
const flowsPerPolicy = 40;
const server = 'app-proxy-01';
const zone = cloudZone(documentedSite()).filter(({ name }) => !name.startsWith('*.'));
const ports = [80, 443, 8080];

const destination = fc.oneof(
  fc.constantFrom(...zone.map(({ name }) => name)).map((name) => ({ to: name, match: 'exact' as const })),
  fc
    .constantFrom(...zone.flatMap(({ name, chain }) => [name, ...chain]))
    .chain((name) => fc.record({ name: fc.constant(name), skip: fc.integer({ min: 1, max: 3 }) }))
    .map(({ name, skip }) => name.split('.').slice(skip))
    .filter((labels) => labels.length > 1)
    .chain((labels) =>
      fc.record({
        to: fc.constant(`*.${labels.join('.')}`),
        match: fc.constantFrom('suffix' as const, 'one-label' as const),
      }),
    ),
  fc.constantFrom(...serviceTags).map((to) => ({ to, match: 'service-tag' as const })),
  fc
    .record({ third: fc.integer({ min: 63, max: 71 }), prefix: fc.integer({ min: 18, max: 32 }) })
    .map(({ third, prefix }) => ({ to: `198.18.${third}.1/${prefix}`, match: 'address' as const })),
  fc
    .record({ third: fc.integer({ min: 64, max: 70 }), from: fc.nat(120), length: fc.nat(130) })
    .map(({ third, from, length }) => ({
      to: `198.18.${third}.${from}-198.18.${third}.${from + length}`,
      match: 'address' as const,
    })),
  fc.constant({ to: 'any', match: 'any' as const }),
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    destination,
    action: fc.constantFrom('allow', 'deny', 'reject', 'reset'),
    port: fc.oneof(
      fc.constant('any' as const),
      fc.constantFrom(...ports),
      fc.subarray(ports, { minLength: 1 }),
    ),
    account: fc.option(fc.constantFrom(...accounts), { nil: undefined }),
    from: fc.option(fc.constantFrom(server, 'app-proxy-02'), { nil: undefined, freq: 5 }),
  })
  .map(({ destination: { to, match }, action, ...rest }) =>
    ruleSchema.parse({ [action]: to, match, ...rest }),
  );
const policy = fc.record({
  default: fc.constantFrom('allow' as const, 'drop' as const, 'reject' as const, 'reset' as const),
  rules: fc.array(rule, { maxLength: 12 }),
});
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
  edge: policy,
  host: policy,
  flows: fc.array(flow, { minLength: flowsPerPolicy, maxLength: flowsPerPolicy }),
});

it.skipIf(!docker)(
  'the kernel decides as the policy says: action and rule of every connection',
  async () => {
    if (!docker) return;
    await using engine = await ContainersEngine.start(docker);
    const events: LabEvent[] = [];
    const base = documentedSite();
    await using lab = await engine.open(base, {
      scenario: 'kernel',
      startAt: Date.now(),
      record: (event) => void events.push(event),
    });
    const seed = Date.now() & 0xffff;
    let decisions = 0;
    for (const { edge, host, flows } of fc.sample(story, { numRuns: policies, seed })) {
      const site: Site = {
        ...base,
        firewall: { ...base.firewall, ...edge },
        servers: base.servers.map((one) => ({ ...one, 'host-firewall': host })),
      };
      await lab.change(site);
      events.length = 0;
      await Promise.all(flows.map((one) => lab.perform({ do: 'reach', from: server, ...one })));
      const told = JSON.stringify({ seed, edge, host });
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
    expect(decisions).toBeGreaterThanOrEqual(2000);
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
  const edge = decide(site.firewall, one);
  return [first, `edge-firewall ${edge.action} ${edge.rule}`];
}
