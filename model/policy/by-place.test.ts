import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../site/schema.js';
import { firstCovering } from './by-hosts.js';
import { compiledRule, fits } from './compiled.js';
import { decide } from './decide.js';
import { decideByAddress } from './decide-by-name.js';
import { covers } from './match-host.js';
import { decideByList, type ListRule } from './rule-list.js';
import { anyFlow, anyRule, destination } from './testing.js';

const rules = fc.array(anyRule, { maxLength: 60 });
const patterns = fc.array(destination, { maxLength: 30 });
// Long lists, of which the first that fits is often far down.
const size = { numRuns: 500 };

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
        expect(decideByAddress({ default: 'drop', rules: list }, flow)?.index).toBe(
          waits || first < 0 ? undefined : first,
        );
        expect(decideByAddress({ default: 'drop', rules: list }, flow) === undefined).toBe(waits);
      }),
      size,
    );
  });

  it('in a list of patterns', () => {
    fc.assert(
      fc.property(patterns, anyFlow, (list, { host }) => {
        const plain = list.find((pattern) => covers(pattern, host));
        expect(firstCovering(list, host, (one) => one)).toBe(plain);
      }),
      size,
    );
  });

  it('in the rules of a proxy or an inspector', () => {
    const hosts = fc.option(patterns, { nil: undefined });
    const ports = fc.option(fc.constantFrom([80], [443], [80, 443]), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(hosts, ports), { maxLength: 20 }), anyFlow, (list, flow) => {
        const made = [...list, [] as const].map(
          ([some, at], index): ListRule<'allow'> => ({
            ...{ action: 'allow', name: `${index}`, explanation: () => '' },
            ...(some && { hosts: some }),
            ...(at && { ports: at }),
          }),
        );
        const plain = made.find(
          (rule) =>
            (rule.hosts?.some((pattern) => covers(pattern, flow.host)) ?? true) &&
            (rule.ports?.includes(flow.port) ?? true),
        );
        expect(decideByList(made, flow).rule).toBe(plain?.name);
      }),
      size,
    );
  });
});

/** A name that a rule about names fits. */
function sample(rule: Rule): string {
  const { kind, destination: to } = compiledRule(rule);
  return kind.by === 'name' ? (kind.samples(to.text)[0] ?? '') : '';
}
