import { expect, it } from 'vitest';
import type { Account } from '../evidence/vocabulary.js';
import { proxySchema } from '../site/schema.js';
import { decideProxy, explainProxy, notJudgedByProxy, schemesInRule } from './proxy.js';

const proxyOf = (settings: object) => proxySchema.parse({ address: 'proxy.contoso.test:8080', ...settings });
const rules = [
  { deny: ['*.bad.test', 'evil.test'] },
  { allow: '*.good.test', port: '443, 8000-8010', except: ['not.good.test'] },
  { deny: 'any', method: 'connect', port: '1-442' },
  { allow: ['HOST.test', 'bad.test'], source: { file: 'squid.conf', line: 7 } },
  { deny: '*.hours.test', unclear: 'acl hours time MTWHF' },
];
const closed = { rules, default: 'deny' };

it.each([
  [{}, 'a.test', 80, 'allow', 'default allow', 'the proxy lets a.test port 80 through'],
  [{ default: 'deny' }, 'a.test', 80, 'refuse', 'default deny', 'the proxy refuses a.test port 80'],
  [
    { rules: [{ deny: 'any' }] },
    'a.test',
    80,
    'refuse',
    'deny any',
    'the proxy refuses a.test port 80, by its rule 1',
  ],
  [
    closed,
    'a.bad.test',
    443,
    'refuse',
    'deny *.bad.test (1 of 2)',
    'the proxy refuses a.bad.test port 443, by its rule 1',
  ],
  [
    closed,
    'a.good.test',
    8005,
    'allow',
    'allow *.good.test except not.good.test port 443, 8000-8010',
    'the proxy lets a.good.test port 8005 through, by its rule 2',
  ],
  [
    closed,
    'not.good.test',
    443,
    'refuse',
    'default deny',
    'the proxy refuses not.good.test port 443, as everything that none of its 5 rules fits',
  ],
  [
    closed,
    'host.test',
    80,
    'refuse',
    'deny any port 1-442 method connect',
    'the proxy refuses host.test port 80, by its rule 3',
  ],
  [
    closed,
    'host.test',
    443,
    'allow',
    'allow HOST.test (1 of 2) (squid.conf:7)',
    'the proxy lets host.test port 443 through, by its rule 4',
  ],
] as const)('%j: %s port %i', (settings, host, port, action, rule, explanation) => {
  const proxy = proxyOf(settings);
  expect(decideProxy(proxy, { host, port }, false)).toEqual({ action, rule, explanation });
  expect(explainProxy(proxy, rule, { host, port })).toEqual({ action, rule, explanation });
});

it('is asked for tunnels, and to fetch in the clear', () => {
  const proxy = proxyOf(closed);
  const rule = (method: 'connect' | 'plain') =>
    decideProxy(proxy, { host: 'host.test', port: 80, method }, false).rule;
  expect([rule('connect'), rule('plain')]).toEqual([
    'deny any port 1-442 method connect',
    'allow HOST.test (1 of 2) (squid.conf:7)',
  ]);
});

it('decides by who asks, where it is told', () => {
  const proxy = proxyOf({
    rules: [
      { deny: 'any', account: 'administrator', from: 'one' },
      { allow: 'any', from: ['one', 'two'] },
    ],
    default: 'deny',
  });
  const rule = (account: Account | undefined, machine?: string) =>
    decideProxy(proxy, { host: 'a.test', port: 443, account, ...(machine && { machine }) }, false).rule;
  expect(rule('administrator', 'one')).toBe('deny any account administrator from one');
  expect(rule('administrator', 'two')).toBe('allow any from one,two');
  expect(rule('network-service', 'one')).toBe('allow any from one,two');
  expect(rule(undefined, 'three')).toBe('default deny');
  expect(rule('administrator')).toBe('default deny');
});

it('does not judge what a rule before may be about, which would decide otherwise', () => {
  const unclear = 'acl hours time MTWHF';
  const proxy = proxyOf({
    rules: [
      { deny: '*.a.test', unclear, except: ['x.a.test'] },
      { allow: 'b.test', unclear },
      { allow: ['*.a.test', 'b.test'] },
      { deny: '*.a.test', unclear },
    ],
    default: 'deny',
  });
  const doubts = (host: string) => notJudgedByProxy(proxy, { host, port: 443 });
  expect(doubts('y.a.test')).toEqual([`deny *.a.test except x.a.test if ${unclear}`]);
  expect(doubts('x.a.test')).toEqual([]);
  expect(doubts('b.test')).toEqual([]);
  expect(doubts('c.test')).toEqual([]);
});

it('asks who somebody is before anything else, and only those that it does not know', () => {
  const proxy = proxyOf({ authentication: 'basic', rules: [{ deny: 'any' }] });
  const request = { host: 'a.test', port: 443 };
  const challenge = {
    action: 'challenge',
    rule: 'authentication basic',
    explanation: 'the proxy asks for Basic, and the request carries no name and password',
  };
  expect(decideProxy(proxy, request, false)).toEqual(challenge);
  expect(explainProxy(proxy, 'authentication basic', request)).toEqual(challenge);
  expect(decideProxy(proxy, request, true).rule).toBe('deny any');
  expect(explainProxy(proxy, 'authentication negotiate', request)).toBeUndefined();
});

it('asks in several ways, in the order in which they are written, each once', () => {
  const proxy = proxyOf({ authentication: ['negotiate', 'ntlm', 'negotiate'] });
  const { rule, explanation } = decideProxy(proxy, { host: 'a.test', port: 443 }, false);
  expect([rule, schemesInRule(rule)]).toEqual(['authentication negotiate, ntlm', 'Negotiate or NTLM']);
  expect(explanation).toBe(
    'the proxy asks for Negotiate or NTLM, and the request carries no Kerberos token and no NTLM answer',
  );
});

it('asks where its rules say so, and who can answer goes on to the next rule', () => {
  const proxy = proxyOf({
    authentication: 'negotiate',
    rules: [
      { allow: 'any', account: 'local-system' },
      { ask: ['*.good.test', 'good.test'], except: ['free.good.test'], port: 443 },
      { deny: '*.good.test' },
    ],
  });
  const rule = (host: string, account?: Account, isKnown = false) =>
    decideProxy(proxy, { host, port: 443, account }, isKnown).rule;
  const asks = 'authentication negotiate for *.good.test except free.good.test port 443 (1 of 2)';
  expect(rule('a.good.test', 'network-service')).toBe(asks);
  expect(rule('a.good.test', 'network-service', true)).toBe('deny *.good.test');
  expect(rule('free.good.test')).toBe('deny *.good.test');
  expect(rule('a.good.test', 'local-system')).toBe('allow any account local-system');
  expect(rule('other.test')).toBe('default allow');
  expect(schemesInRule(asks)).toBe('Negotiate');
});

it('says that it lets through to its parent, and what the parent does of itself', () => {
  const proxy = proxyOf({
    parent: { address: 'up.test:3128', rules: [{ deny: 'b.test' }], default: 'allow' },
  });
  const request = { host: 'a.test', port: 443 };
  expect(decideProxy(proxy, request, false).explanation).toBe(
    'the proxy lets a.test port 443 through, to its parent up.test:3128',
  );
  if (!proxy.parent) throw new Error('no parent');
  expect(decideProxy(proxy.parent, request, false).explanation).toBe(
    'the parent proxy lets a.test port 443 through, as everything that its only rule does not fit',
  );
  expect(decideProxy(proxy.parent, { ...request, host: 'b.test' }, false).explanation).toBe(
    'the parent proxy refuses b.test port 443, by its rule 1',
  );
});

it('calls a question by the name that its author gave it', () => {
  const proxy = proxyOf({
    authentication: 'ntlm',
    rules: [
      { ask: 'any', name: 'ask everybody' },
      { ask: 'a.test', port: 80, name: 'the rest' },
    ],
  });
  expect(decideProxy(proxy, { host: 'a.test', port: 443 }, false)).toEqual({
    ...{ action: 'challenge', rule: 'authentication ntlm for everybody' },
    explanation: 'the proxy asks for NTLM, and the request carries no NTLM answer',
  });
  expect(schemesInRule('authentication ntlm for everybody')).toBe('NTLM');
  expect(schemesInRule('authentication basic, ntlm, negotiate')).toBe('Basic or NTLM or Negotiate');
});

it('names a rule that compares in another way than it looks', () => {
  const proxy = proxyOf({ rules: [{ deny: '*.a.test', match: 'one-label' }] });
  expect(decideProxy(proxy, { host: 'x.a.test', port: 443 }, false).rule).toBe(
    'deny *.a.test match one-label',
  );
});

it('calls a question by what it is about, where that is not everything', () => {
  const asks = (rule: object) =>
    decideProxy(proxyOf({ authentication: 'basic', rules: [rule] }), { host: 'a.test', port: 443 }, false)
      .rule;
  expect(asks({ ask: 'any' })).toBe('authentication basic');
  expect(asks({ ask: 'any', port: 443 })).toBe('authentication basic for any port 443');
  expect(asks({ ask: 'a.test' })).toBe('authentication basic for a.test');
  expect(asks({ ask: 'a.test', name: 'who may ask' })).toBe('authentication basic for who may ask');
});

it('does not judge what may be about somebody who has not said who he is', () => {
  const proxy = proxyOf({
    authentication: 'basic',
    rules: [
      { deny: 'a.test', unclear: 'acl hours' },
      { allow: 'b.test', unclear: 'acl hours' },
      { ask: 'any' },
      { allow: 'any', unclear: 'acl hours' },
      { deny: 'any' },
    ],
  });
  const doubts = (host: string) => notJudgedByProxy(proxy, { host, port: 443 });
  expect(doubts('a.test')).toEqual(['deny a.test if acl hours']);
  expect(doubts('b.test')).toEqual(['allow b.test if acl hours']);
  expect(doubts('c.test')).toEqual([]);
});
