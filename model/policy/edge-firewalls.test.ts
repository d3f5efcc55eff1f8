import { describe, expect, it } from 'vitest';
import { namedFirewallSchema } from '../site/schema.js';
import { decideAtEdge, decideByAddress, decideByName } from './decide-by-name.js';
import type { Flow } from './flow.js';
import { asLearned, unknowing } from './known-names.js';

const flow: Flow = {
  ...{ machine: 'app-proxy-01', host: 'a.example.net', names: ['a.example.net', 'alias.example.org'] },
  ...{ address: '198.18.64.9', port: 443 },
};
const firewall = (written: object) => namedFirewallSchema.parse({ name: 'cloud', ...written });

describe('application rules', () => {
  it('are asked only where no other rule decides', () => {
    const before = firewall({
      rules: [{ deny: 'alias.example.org' }],
      'application-rules': [{ allow: 'a.example.net' }],
    });
    expect(decideAtEdge(before, flow)).toMatchObject({
      action: 'drop',
      rule: 'cloud: deny alias.example.org',
      index: 0,
    });
  });

  it('know the name that was read, and no alias that a resolver gave', () => {
    const behind = firewall({
      'application-rules': [{ reject: 'alias.example.org' }, { allow: 'a.example.net', port: 443 }],
    });
    expect(decideByAddress(behind, flow)).toBeUndefined();
    expect(decideAtEdge(behind, flow)).toMatchObject({ action: 'allow', index: 1, byName: true });
  });

  it('let nothing connect that none of them can be about', () => {
    const behind = firewall({ 'application-rules': [{ allow: 'a.example.net', port: 443 }] });
    expect(decideByAddress(behind, { ...flow, port: 80 })).toMatchObject({
      action: 'drop',
      rule: 'cloud: default drop',
    });
  });
});

describe('a firewall that has not learned a name', () => {
  const rules = [{ allow: '*.example.net' }];

  it('does not know it where it follows another resolver, and says so', () => {
    const other = firewall({ rules, 'other-answers': ['a.example.net'] });
    const seen = decideAtEdge(other, asLearned(other, flow));
    expect(seen.action).toBe('drop');
    expect(unknowing(other, flow, seen.index)).toMatchObject({
      kind: 'other-answers',
      near: { rule: 'cloud: allow *.example.net', number: 1 },
    });
    expect(asLearned(other, { ...flow, host: 'b.example.net' }).names).toEqual(flow.names);
  });

  it('knows it again after the time for which it had lost it', () => {
    const restarted = firewall({ rules, 'names-lost-for': '10m' });
    expect(asLearned(restarted, flow).names).toEqual([]);
    expect(asLearned(restarted, flow, 10 * 60_000).names).toEqual(flow.names);
  });

  it('is not blamed where its rules say the same of every name', () => {
    const other = firewall({ rules: [{ allow: 'any' }, ...rules], 'other-answers': ['a.example.net'] });
    expect(unknowing(other, flow, decideAtEdge(other, asLearned(other, flow)).index)).toBeUndefined();
  });
});

it('a firewall that lacks a name says which rule would decide, and why it does not know it', () => {
  const rules = [{ deny: 'b.example.net' }, { allow: '*.example.net' }];
  const other = firewall({ rules, 'other-answers': ['a.example.net'] });
  const words = 'it follows another resolver, which gives other addresses for a.example.net';
  expect(unknowing(other, flow, undefined)).toEqual({
    kind: 'other-answers',
    words,
    near: {
      ...{ rule: 'cloud: allow *.example.net', number: 2 },
      why: `would decide if 198.18.64.9 were known as a.example.net: ${words}`,
    },
  });
  const restarted = firewall({ rules, 'names-lost-for': '10m' });
  const lost = 'it lost the names that it had learned at a restart, and learns them again within 10m';
  expect(unknowing(restarted, flow, undefined)).toMatchObject({ kind: 'names-lost-for', words: lost });
  expect(unknowing(firewall({ rules }), flow, undefined)).toBeUndefined();
  expect(unknowing(other, { ...flow, host: 'b.example.org' }, undefined)).toBeUndefined();
  expect(
    unknowing(firewall({ rules: [], 'other-answers': ['a.example.net'] }), flow, undefined),
  ).toBeUndefined();
});

it('a firewall that learns names of answers knows none of what nobody asked for', () => {
  expect(asLearned(firewall({}), { ...flow, isUnasked: true }).names).toEqual([]);
  expect(asLearned(firewall({}), flow)).toBe(flow);
});

describe('a firewall that reads names', () => {
  const sni = (rules: object[], more: object = {}) => firewall({ 'names-from': 'sni', rules, ...more });

  it('lets TCP connect where a rule about a name may decide, and then the name does', () => {
    const reading = sni([{ allow: '*.example.net', port: 443 }]);
    expect(decideByAddress(reading, flow)).toBeUndefined();
    expect(decideAtEdge(reading, flow)).toMatchObject({ action: 'allow', index: 0, byName: true });
    expect(decideAtEdge(reading, { ...flow, host: 'a.test' })).toMatchObject({
      action: 'drop',
      byName: true,
    });
    expect(decideByName(reading, flow, undefined)).toMatchObject({ action: 'drop' });
  });

  it.each([
    ['before which another decides', [{ deny: '198.18.64.0/24' }, { allow: '*.example.net' }], 0],
    ['of another port', [{ allow: '*.example.net', port: 80 }, { allow: 'any' }], 1],
    ['of another account', [{ allow: '*.example.net', account: 'local-system' }, { allow: 'any' }], 1],
    ['that is a path', [{ allow: 'a.example.net/x' }, { allow: 'any' }], 1],
    [
      'of which nobody knows when it applies',
      [{ allow: '*.example.net', unclear: 'time' }, { allow: 'any' }],
      1,
    ],
    ['of UDP', [{ allow: '*.example.net', protocol: 'udp' }, { allow: 'any' }], 1],
  ])('waits for no name for a rule %s', (_, rules, index) => {
    expect(decideByAddress(sni(rules), flow)).toMatchObject({ index });
  });

  it('waits for a name for the second of two rules, where the first is about another port', () => {
    const rules = [
      { allow: '*.example.net', port: 80 },
      { allow: '*.example.net', port: 443 },
      { allow: 'any' },
    ];
    expect(decideByAddress(sni(rules), flow)).toBeUndefined();
  });

  it('waits for no name where its rules are about addresses alone, and never with names from answers', () => {
    expect(decideByAddress(sni([{ allow: '198.18.64.0/24' }]), flow)).toMatchObject({ index: 0 });
    expect(decideByAddress(sni([{ allow: '198.18.65.0/24' }]), flow)).toMatchObject({ action: 'drop' });
    const both = firewall({
      'names-from': 'dns',
      rules: [{ deny: 'other.example.org' }, { allow: 'alias.example.org' }],
      'application-rules': [{ allow: 'a.example.net', port: 80 }],
    });
    expect(decideByAddress(both, flow)).toMatchObject({ action: 'allow', index: 1 });
  });

  it('of two rules of a kind waits for the first', () => {
    const reading = sni([{ allow: 'b.example.net' }, { deny: '198.18.64.9' }, { allow: 'a.example.net' }]);
    expect(decideByAddress(reading, flow)).toBeUndefined();
    expect(decideAtEdge(reading, flow)).toMatchObject({ action: 'drop', index: 1, byName: true });
  });

  it('has learned none of answers', () => {
    const learned = firewall({ 'names-from': 'dns', rules: [{ allow: 'alias.example.org' }] });
    expect(decideAtEdge(learned, flow)).toMatchObject({ action: 'allow', index: 0 });
    expect(decideAtEdge(learned, flow)).not.toHaveProperty('byName');
    expect(decideAtEdge(sni([{ allow: 'alias.example.org' }]), flow)).toMatchObject({ action: 'drop' });
  });
});
