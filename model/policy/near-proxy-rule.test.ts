import { describe, expect, it } from 'vitest';
import { proxySchema } from '../site/schema.js';
import { nearestOfProxy, nearnessOfProxyRule } from './near-proxy-rule.js';
import { proxyRules } from './proxy.js';
import type { Request } from './rule-list.js';

const proxyOf = (rules: object[], more: object = {}) =>
  proxySchema.parse({ address: 'proxy.contoso.test:8080', rules, default: 'deny', ...more });
const request: Request = { host: 'a.x.test', port: 443, account: 'network-service', machine: 'app-proxy-01' };

describe('the rule that came nearest to letting a request pass', () => {
  it.each<[string, object[], Partial<Request>, string | undefined]>([
    [
      'is about other ports',
      [{ allow: '*.x.test', port: '80, 8000-8010' }],
      {},
      'rule 1 is about port 80 and 8000-8010, not 443',
    ],
    [
      'is about requests in the clear',
      [{ allow: '*.x.test', method: 'plain' }],
      {},
      'rule 1 is about requests in the clear, not tunnels',
    ],
    [
      'is about tunnels',
      [{ allow: '*.x.test', method: 'connect' }],
      { method: 'plain' },
      'rule 1 is about tunnels, not requests in the clear',
    ],
    [
      'is about another account',
      [{ allow: '*.x.test', account: 'local-system' }],
      {},
      'rule 1 is about the account local-system, not network-service',
    ],
    [
      'is about an account, and nobody says which asks',
      [{ allow: '*.x.test', account: 'local-system' }],
      { account: undefined },
      'rule 1 is about the account local-system, not an unknown one',
    ],
    [
      'is about other machines',
      [{ allow: '*.x.test', from: ['app-proxy-02', 'app-proxy-03'] }],
      {},
      'rule 1 is about what comes from app-proxy-02, app-proxy-03, not from app-proxy-01',
    ],
    [
      'excepts the host',
      [{ allow: '*.x.test', except: ['a.x.test'] }],
      {},
      'rule 1 is about other hosts than a.x.test, which it excepts',
    ],
    [
      'differs in two things',
      [{ allow: '*.x.test', port: 80, account: 'local-system' }],
      {},
      'rule 1 is about port 80, not 443, and the account local-system, not network-service',
    ],
    [
      'is none that differs in three',
      [{ allow: '*.x.test', port: 80, account: 'local-system', except: ['a.x.test'] }],
      {},
      undefined,
    ],
    [
      'stands behind the one that refuses',
      [{ deny: '*.x.test' }, { allow: 'b.test' }, { allow: 'a.x.test' }],
      {},
      'rule 3 stands behind "deny *.x.test", which decides first',
    ],
    [
      'differs in one thing, not in two',
      [
        { allow: 'a.x.test', port: 80, account: 'local-system' },
        { allow: '*.x.test', port: 80 },
      ],
      {},
      'rule 2 is about port 80, not 443',
    ],
    [
      'is about the host, not about all hosts',
      [
        { allow: 'any', port: 80 },
        { allow: '*.x.test', port: 80 },
      ],
      {},
      'rule 2 is about port 80, not 443',
    ],
    [
      'is about the host in another way, rather than about a host like it',
      [{ allow: 'x.test' }, { allow: 'a.x.test', port: 80 }],
      {},
      'rule 2 is about port 80, not 443',
    ],
    [
      'is the first of two that are as near',
      [
        { allow: '*.x.test', port: 80 },
        { allow: 'a.x.test', port: 8080 },
      ],
      {},
      'rule 1 is about port 80, not 443',
    ],
    ['is none that is about another host', [{ allow: 'other.example', port: 80 }], {}, undefined],
    ['is none that is about a host like it and another port', [{ allow: 'x.test', port: 80 }], {}, undefined],
    [
      'is about the domain alone',
      [{ allow: 'other.example' }, { allow: 'x.test' }],
      {},
      'rule 2 is about x.test alone, and a.x.test is below it',
    ],
    [
      'is about the account, the machine and the method, and another port',
      [{ allow: '*.x.test', port: 80, account: 'network-service', from: 'app-proxy-01', method: 'connect' }],
      {},
      'rule 1 is about port 80, not 443',
    ],
    [
      'is about what is asked in the clear, as it is, and another port',
      [{ allow: '*.x.test', port: 80, method: 'plain' }],
      { method: 'plain' },
      'rule 1 is about port 80, not 443',
    ],
    [
      'is about a machine, and nobody says which asks',
      [{ allow: '*.x.test', from: 'app-proxy-02' }],
      { machine: undefined },
      'rule 1 is about what comes from app-proxy-02, not from elsewhere',
    ],
    ['is none that refuses', [{ deny: '*.x.test', port: 80 }], {}, undefined],
    [
      'is none of which nobody knows when it applies',
      [{ allow: '*.x.test', port: 80, unclear: 'acl hours time MTWHF' }],
      {},
      undefined,
    ],
  ])('%s', (_, rules, more, words) => {
    const found = nearestOfProxy(proxyOf(rules), { ...request, ...more });
    expect(found && `rule ${found.number} ${found.why}`).toBe(words);
  });

  it('is called by its name, and nothing else is told of it', () => {
    expect(nearestOfProxy(proxyOf([{ allow: '*.x.test', port: 80 }]), request)).toEqual({
      rule: 'allow *.x.test port 80',
      number: 1,
      why: 'is about port 80, not 443',
    });
  });

  it('is none, where only its default would let it pass', () => {
    const proxy = proxyOf([{ deny: '*.x.test' }], { default: 'allow' });
    expect(nearestOfProxy(proxy, request)).toBeUndefined();
  });

  it('may stand behind one that asks who is there', () => {
    const proxy = proxyOf([{ allow: '*.x.test', port: 80 }, { ask: 'any' }, { allow: 'any' }], {
      authentication: 'basic',
    });
    expect(nearestOfProxy(proxy, request)).toMatchObject({
      rule: 'allow any',
      why: 'stands behind "authentication basic", which decides first',
    });
  });
});

it('a rule that closes everything but some ports is meant to, and near to nothing', () => {
  const [closing, opening] = proxyRules(
    proxyOf([
      { deny: 'any', port: 80 },
      { allow: 'any', port: 80 },
    ]),
  );
  expect(closing && nearnessOfProxyRule(closing, request, undefined)).toBeUndefined();
  expect(opening && nearnessOfProxyRule(opening, request, undefined)).toEqual({
    rank: 3,
    why: 'is about port 80, not 443',
  });
});

it('a rule that is about a request, and before which none stands, is not near: it decides', () => {
  const [rule] = proxyRules(proxyOf([{ allow: '*.x.test' }]));
  expect(rule && nearnessOfProxyRule(rule, request, undefined)).toBeUndefined();
});
