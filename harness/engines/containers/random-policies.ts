import fc from 'fast-check';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import { accounts as builtIn } from '../../../model/evidence/vocabulary.js';
import { documentedSite } from '../../../model/site/documented.js';
import { type Firewall, type Rule, ruleSchema } from '../../../model/site/schema.js';
import { someRealNetworks, someTags } from '../../../model/site/service-tags/testing.js';

export const ownAccount = 'CONTOSO\\svc-connector$' as const;
export const accounts = [...builtIn, ownAccount];

/** Names of the cloud that connections of tests can lead to. */
export const zone = cloudZone(documentedSite());

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
  fc
    .constantFrom(...zone.flatMap(({ name, chain }) => [name, ...chain]))
    .chain((name) => fc.nat(2).map((skip) => name.split('.').slice(skip).join('.')))
    .map((name) => ({ to: `.${name}`, match: 'domain' as const })),
  fc
    .constantFrom(...zone.flatMap(({ name, chain }) => [name, ...chain]))
    .chain((name) => fc.record({ name: fc.constant(name), from: fc.nat(6), length: fc.nat(9) }))
    .map(({ name, from, length }) => ({
      to: `${name.slice(0, from)}*${name.slice(from + length)}`,
      match: 'wildcard' as const,
    })),
  fc.nat(8).map((third) => ({ to: `198.18.${63 + third}.7/255.255.252.0`, match: 'address' as const })),
  fc
    .constantFrom(...zone.flatMap(({ name, chain }) => [name, ...chain]))
    .chain((name) => fc.integer({ min: 1, max: name.length - 4 }).map((skip) => name.slice(skip)))
    .map((to) => ({ to, match: 'ends-with' as const })),
  fc.constantFrom(...someTags).map((to) => ({ to, match: 'service-tag' as const })),
  fc.constantFrom(...someRealNetworks).map((to) => ({ to, match: 'address' as const })),
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

/** Firewalls of all kinds of rules, about the cloud's names and addresses; for tests that compare. */
export function policies(
  machines: readonly string[],
  ports: readonly number[],
  { account = true } = {},
): fc.Arbitrary<Pick<Firewall, 'default' | 'rules'>> {
  const rule: fc.Arbitrary<Rule> = fc
    .record({
      destination,
      action: fc.constantFrom('allow', 'deny', 'reject', 'reset'),
      port: fc.oneof(
        fc.constant('any' as const),
        fc.constantFrom(...ports),
        fc.subarray([...ports], { minLength: 1 }),
        // Some meet, some overlap.
        fc.constantFrom('1-80', '80-443', '443, 440-450, 8080-8081', '81-442', '8080, 1-65535'),
      ),
      account: account ? fc.option(fc.constantFrom(...accounts), { nil: undefined }) : fc.constant(undefined),
      from: fc.option(fc.oneof(fc.constantFrom(...machines), fc.constant([...machines])), {
        nil: undefined,
        freq: 5,
      }),
      protocol: fc.constantFrom(undefined, undefined, 'tcp' as const, 'any' as const, 'udp' as const),
    })
    .map(({ destination: { to, match }, action, ...rest }) =>
      ruleSchema.parse({ [action]: to, match, ...rest }),
    );
  return fc.record({
    default: fc.constantFrom('allow' as const, 'drop' as const, 'reject' as const, 'reset' as const),
    rules: fc.array(rule, { maxLength: 12 }),
  });
}
