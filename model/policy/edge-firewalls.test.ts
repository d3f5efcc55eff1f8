import { describe, expect, it } from 'vitest';
import { namedFirewallSchema } from '../site/schema.js';
import { decideAtEdge, decideByAddress } from './decide-by-name.js';
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
