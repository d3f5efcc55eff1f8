import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostEntry } from '../site/host-entry.js';
import { matchKind, nameMatches } from '../site/match/index.js';
import type { Rule } from '../site/schema.js';
import { firstCovering } from './by-hosts.js';
import { ByPlace, placesOfName } from './by-place.js';
import { compiledRule, fits } from './compiled.js';
import { decide } from './decide.js';
import { decideByAddress } from './decide-by-name.js';
import { covers } from './match-host.js';
import { decideByList, type ListRule } from './rule-list.js';
import { anyFlow, anyRule, destination } from './testing.js';

const rules = fc.array(anyRule, { maxLength: 60, size: 'max' });
const entry: fc.Arbitrary<HostEntry> = fc
  .tuple(destination, fc.option(fc.constantFrom(...nameMatches), { nil: undefined }))
  .map(([host, match]) => (match && !matchKind(match).refuses?.(host) ? { host, match } : host));
const entries = fc.array(entry, { maxLength: 60, size: 'max' });
// Long lists (`size`: else fast-check draws ten at most), of which the first that fits is often far down.
const size = { numRuns: 100 };

describe('the first that fits is found as if one after the other were asked', () => {
  it('in the rules of a firewall', () => {
    fc.assert(
      fc.property(rules, anyFlow, fc.array(anyFlow, { maxLength: 3 }), (list, flow, others) => {
        const names = [flow.host, ...others.map(({ host }) => host)];
        const asked = { ...flow, names };
        const first = list.findIndex((rule) => fits(rule, asked));
        expect(decide({ default: 'drop', rules: list }, asked).index).toBe(first < 0 ? undefined : first);
      }),
      size,
    );
  });

  it('where names come later than addresses', () => {
    fc.assert(
      fc.property(rules, anyFlow, (list, flow) => {
        const first = list.findIndex((rule) => fits(rule, { ...flow, names: [] }));
        const before = first < 0 ? list : list.slice(0, first);
        const waits = before.some((rule) => fits(rule, { ...flow, names: [sample(rule)] }));
        expect(decideByAddress({ default: 'drop', 'names-from': 'sni', rules: list }, flow)?.index).toBe(
          waits || first < 0 ? undefined : first,
        );
        expect(
          decideByAddress({ default: 'drop', 'names-from': 'sni', rules: list }, flow) === undefined,
        ).toBe(waits);
      }),
      size,
    );
  });

  it('in a list of hosts', () => {
    fc.assert(
      fc.property(entries, anyFlow, (list, { host }) => {
        const plain = list.find((one) => covers(one, host));
        expect(firstCovering(list, host, (one) => one)).toBe(plain);
      }),
      size,
    );
  });

  it('in the rules of a proxy or an inspector', () => {
    const hosts = fc.option(entries, { nil: undefined });
    const ports = fc.option(fc.constantFrom([80], [443], [80, 443]), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(hosts, ports), { maxLength: 40, size: 'max' }), anyFlow, (list, flow) => {
        const made = [...list, [] as const].map(
          ([some, at], index): ListRule<'allow'> => ({
            ...{ action: 'allow', name: `${index}`, explanation: () => '' },
            ...(some && { hosts: some }),
            ...(at && { ports: at }),
          }),
        );
        const plain = made.find(
          (rule) =>
            (rule.hosts?.some((one) => covers(one, flow.host)) ?? true) &&
            (rule.ports?.includes(flow.port) ?? true),
        );
        expect(decideByList(made, flow).rule).toBe(plain?.name);
      }),
      size,
    );
  });
});

describe('of ten thousand only those are looked at that have something in common', () => {
  const word = (index: number) => (index * 7919).toString(36);
  it.each<[what: string, rule: (index: number) => Rule]>([
    ['a text inside', (index) => ({ allow: `*${word(index)}*.com`, port: 443 })],
    ['a text at the end', (index) => ({ allow: `*x${index}.com`, port: 443 })],
    ['two texts', (index) => ({ allow: `*${word(index)}*${word(index * 3)}*.com`, port: 443 })],
    ['an end', (index) => ({ allow: `${word(index)}.com`, match: 'ends-with', port: 443 })],
    ['a domain', (index) => ({ allow: `*.${word(index)}.com`, port: 443 })],
  ])('%s', (_, make) => {
    const list = Array.from({ length: 10_000 }, (_, index) => compiledRule(make(index)));
    const byPlace = new ByPlace(list, ({ places }) => places);
    let looked = 0;
    for (const rule of list)
      byPlace.first(
        (letters) => placesOfName(sample(rule.rule), letters),
        () => {
          looked += 1;
          return false;
        },
      );
    // Each with each would be a hundred million.
    expect(looked).toBeLessThan(4_000_000);
  });
});

/** A name that a rule about names fits. */
function sample(rule: Rule): string {
  const { kind, destination: to } = compiledRule(rule);
  return kind.by === 'name' ? (kind.samples(to.text)[0] ?? '') : '';
}
