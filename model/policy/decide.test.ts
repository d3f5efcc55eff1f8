import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../site/schema.js';
import { fits } from './compiled.js';
import { decide } from './decide.js';
import { destinationOf } from './rule-name.js';
import { anyFlow, anyPolicy, anyRule, flowTo } from './testing.js';

const allow = (destination: string, more: Partial<Rule> = {}): Rule => ({
  allow: destination,
  port: 'any',
  ...more,
});
const verdict = (rule: Rule, host: string, address = '198.18.67.9') =>
  decide({ default: 'drop', rules: [rule] }, flowTo(host, address)).action;

describe('which rule decides', () => {
  it('is the first that fits, and it does fit', () => {
    fc.assert(
      fc.property(anyPolicy, anyFlow, (policy, flow) => {
        const { index, action, rule } = decide(policy, flow);
        const before = policy.rules.slice(0, index ?? policy.rules.length);
        expect(before.some((one) => fits(one, flow))).toBe(false);
        const deciding = index === undefined ? undefined : policy.rules[index];
        if (deciding) expect(fits(deciding, flow)).toBe(true);
        else expect([action, rule]).toEqual([policy.default, `default ${policy.default}`]);
      }),
    );
  });

  it('is not changed by a rule behind it', () => {
    fc.assert(
      fc.property(anyPolicy, anyFlow, anyRule, fc.nat(), (policy, flow, rule, offset) => {
        const before = decide(policy, flow);
        fc.pre(before.index !== undefined);
        const rules = policy.rules.toSpliced(
          (before.index ?? 0) + 1 + (offset % policy.rules.length),
          0,
          rule,
        );
        expect(decide({ ...policy, rules }, flow)).toEqual(before);
      }),
    );
  });

  it('is not changed by upper case, a trailing dot, or asking again', () => {
    fc.assert(
      fc.property(anyPolicy, anyFlow, (policy, flow) => {
        expect(decide(policy, flow)).toEqual(decide(policy, flow));
        const loud = { ...flow, host: `${flow.host.toUpperCase()}.` };
        expect(decide(policy, { ...loud, names: [loud.host] }).index).toBe(
          decide(policy, { ...flow, names: [flow.host] }).index,
        );
      }),
    );
  });
});

describe('names', () => {
  it('below a suffix fit at any depth; with one label only at the first', () => {
    const suffix = allow('*.msappproxy.net');
    const oneLabel = allow('*.msappproxy.net', { match: 'one-label' });
    expect(verdict(suffix, 'a.msappproxy.net')).toBe('allow');
    expect(verdict(suffix, 'vm.proxy.connector.msappproxy.net')).toBe('allow');
    expect(verdict(oneLabel, 'a.msappproxy.net')).toBe('allow');
    expect(verdict(oneLabel, 'vm.proxy.connector.msappproxy.net')).toBe('drop');
    for (const host of ['msappproxy.net', 'evilmsappproxy.net', '.msappproxy.net.test']) {
      expect(verdict(suffix, host), host).toBe('drop');
      expect(verdict(oneLabel, host), host).toBe('drop');
    }
  });

  it('that are paths fit no host', () => {
    expect(verdict(allow('www.microsoft.com/pkiops'), 'www.microsoft.com')).toBe('drop');
    expect(verdict(allow('www.microsoft.com/pkiops'), 'www.microsoft.com/pkiops')).toBe('drop');
  });

  it('are of no use where the device knows none for the address', () => {
    const flow = { ...flowTo('a.msappproxy.net', '198.18.67.9'), names: [] };
    expect(decide({ default: 'reject', rules: [allow('*.msappproxy.net')] }, flow).action).toBe('reject');
  });
});

describe('addresses', () => {
  const address = fc
    .tuple(fc.constantFrom(198, 10), fc.nat(2), fc.nat(3), fc.nat(255))
    .map((parts) => parts.join('.'));

  it('fit a CIDR or a range exactly where node:net says so', () => {
    const cidr = fc.tuple(address, fc.integer({ min: 0, max: 32 }));
    fc.assert(
      fc.property(cidr, address, address, address, ([net, prefix], one, other, probe) => {
        const subnet = new BlockList();
        subnet.addSubnet(net, prefix);
        expect(verdict(allow(`${net}/${prefix}`), 'x.test', probe) === 'allow').toBe(subnet.check(probe));
        const [first = one, last = other] = [one, other].sort(byNumber);
        const range = new BlockList();
        range.addRange(first, last);
        expect(verdict(allow(`${first}-${last}`), 'x.test', probe) === 'allow').toBe(range.check(probe));
      }),
    );
  });

  it('of IPv6 fit as node:net says, and never an IPv4 rule', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), fc.ipV6(), (net, prefix, probe) => {
        fc.pre(![net, probe].some((text) => /[.]|^(0{1,4}:|:)/.test(text)));
        const subnet = new BlockList();
        subnet.addSubnet(net, prefix, 'ipv6');
        expect(verdict(allow(`${net}/${prefix}`), 'x.test', probe) === 'allow').toBe(
          subnet.check(probe, 'ipv6'),
        );
        expect(verdict(allow('0.0.0.0/0'), 'x.test', probe)).toBe('drop');
      }),
    );
  });

  it("of a service tag are those of the rule's edition, else of the newest", () => {
    const ofTag = (more: Partial<Rule>) =>
      verdict(allow('AzureCloud', more), 'new.connector.msappproxy.net', '198.18.70.4');
    expect(ofTag({})).toBe('allow');
    expect(ofTag({ 'as-of': '2023-08-09' })).toBe('allow');
    expect(ofTag({ 'as-of': '2023-08-01' })).toBe('drop');
    expect(ofTag({ 'as-of': '2020-01-01' })).toBe('drop');
  });
});

it('says in words who was stopped by what', () => {
  const rule: Rule = {
    deny: '*.servicebus.windows.net',
    port: [443, 80],
    account: 'network-service',
    from: 'app-proxy-01',
  };
  const flow = { ...flowTo('a.servicebus.windows.net', '198.18.66.4'), account: 'network-service' as const };
  expect(decide({ default: 'allow', rules: [rule] }, flow)).toEqual({
    action: 'drop',
    rule: 'deny *.servicebus.windows.net port 443,80 account network-service from app-proxy-01',
    index: 0,
    explanation:
      'rule 1 fits app-proxy-01 (network-service) to a.servicebus.windows.net (198.18.66.4) port 443: the name is below *.servicebus.windows.net',
  });
  expect(destinationOf(rule)).toBe('*.servicebus.windows.net');
});

describe('where no rule fits', () => {
  const flow = flowTo('a.servicebus.windows.net', '198.18.66.4');
  const saidOf = (rules: Rule[], of = flow) => decide({ default: 'drop', rules }, of).explanation;

  it('says how many did not, and to whom the default applies', () => {
    const who = 'app-proxy-01 to a.servicebus.windows.net (198.18.66.4) port 443';
    expect(saidOf([])).toBe(`there is no rule for ${who}, so the default applies`);
    expect(saidOf([allow('x.test')])).toBe(`the only rule does not fit ${who}, so the default applies`);
    expect(saidOf([allow('x.test'), allow('y.test')])).toBe(
      `none of 2 rules fits ${who}, so the default applies`,
    );
  });

  it('names an address once, where it has no other name', () => {
    expect(saidOf([], flowTo('198.18.66.4', '198.18.66.4'))).toBe(
      'there is no rule for app-proxy-01 to 198.18.66.4 port 443, so the default applies',
    );
  });

  it('says how much of its tag is open, where that is a part', () => {
    const means = { ranges: [], unknown: [], shares: {}, list: 'the list of 2025-07-01' };
    const part = { ...allow('ServiceBus'), means: { ...means, together: { ServiceBus: 0.528 } } };
    expect(saidOf([allow('x.test'), part])).toBe(
      'none of 2 rules fits app-proxy-01 to a.servicebus.windows.net (198.18.66.4) port 443, so the default applies: 198.18.66.4 stands for addresses of ServiceBus, of which rules about addresses open 52.8 % (the list of 2025-07-01)',
    );
  });
});

it('says of an application rule that it is one', () => {
  const rule: Rule = { allow: 'a.test', port: 443, layer: 'application' };
  const { explanation } = decide({ default: 'drop', rules: [rule] }, flowTo('a.test', '198.18.66.4'));
  expect(explanation).toMatch(/ \(application rule\)$/);
});

function byNumber(a: string, b: string): number {
  if (!isIPv4(a) || !isIPv4(b)) throw new TypeError('IPv4 expected');
  return Buffer.compare(Buffer.from(a.split('.').map(Number)), Buffer.from(b.split('.').map(Number)));
}
