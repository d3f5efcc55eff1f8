import { describe, expect, it } from 'vitest';
import type { Rule } from '../site/schema.js';
import { decide, type Policy } from './decide.js';
import type { Flow } from './flow.js';
import { nearestEntry, nearestRule } from './nearest-rule.js';

const flow = (host: string, more: Partial<Flow> = {}): Flow => ({
  ...{ machine: 'app-proxy-01', account: 'network-service', host, address: '198.18.67.9', port: 443 },
  ...more,
});
const allow = (destination: string, more: Partial<Rule> = {}): Rule => ({
  ...{ allow: destination, port: 443 },
  ...more,
});
function near(rules: Rule[], one: Flow, byDefault: Policy['default'] = 'drop') {
  const policy = { default: byDefault, rules };
  const found = nearestRule(policy, one, decide(policy, one));
  return found && `rule ${found.number} ${found.why}`;
}
const part = { ranges: [], unknown: [], list: 'the list of 2025-07-01' };
const bootstrap = 't.bootstrap.msappproxy.net';

describe('the rule that came nearest to letting a flow pass', () => {
  it.each<[string, Rule[], Flow, string]>([
    [
      'is about another port',
      [allow('any', { port: 8080 }), allow('crl3.digicert.com')],
      flow('crl3.digicert.com', { port: 80 }),
      'rule 2 is about port 443, not 80',
    ],
    [
      'is about another account',
      [allow('*.msappproxy.net', { account: 'local-system' })],
      flow(bootstrap),
      'rule 1 is about the account local-system, not network-service',
    ],
    [
      'is about an account, where a proxy dials',
      [allow('*.msappproxy.net', { account: 'local-system' })],
      flow(bootstrap, { machine: 'proxy', account: undefined }),
      'rule 1 is about the account local-system, not the proxy, which has none',
    ],
    [
      'is about another origin',
      [allow('any', { from: 'proxy' })],
      flow(bootstrap),
      'rule 1 is about what comes from proxy, not from app-proxy-01',
    ],
    [
      'differs in two things',
      [allow(bootstrap, { port: 80, account: 'local-system' })],
      flow(bootstrap),
      'rule 1 is about port 80, not 443, and the account local-system, not network-service',
    ],
    [
      'takes one label, and the name has two',
      [allow('*.msappproxy.net', { match: 'one-label' })],
      flow(bootstrap),
      `rule 1 is about one label before msappproxy.net, and ${bootstrap} has 2`,
    ],
    [
      'is a suffix with one label too many',
      [allow('*.connector.msappproxy.net')],
      flow('intranet.msappproxy.net'),
      'rule 1 is about names below connector.msappproxy.net, and intranet.msappproxy.net is below msappproxy.net',
    ],
    [
      'is about the domain alone',
      [allow('msappproxy.net')],
      flow(bootstrap),
      `rule 1 is about msappproxy.net alone, and ${bootstrap} is below it`,
    ],
    [
      'is about names below, not the name itself',
      [allow('*.crl3.digicert.com')],
      flow('crl3.digicert.com'),
      'rule 1 is about names below crl3.digicert.com, not about crl3.digicert.com itself',
    ],
    [
      'is a star compared letter by letter',
      [allow('*.msappproxy.net', { match: 'exact' })],
      flow(bootstrap),
      'rule 1 is compared letter by letter, and no host has a star in its name',
    ],
    [
      'has a slip in its name',
      [allow('login.windos.net')],
      flow('login.windows.net'),
      'rule 1 is about login.windos.net, which is not login.windows.net, but 1 letter away',
    ],
    [
      'has a slip in its suffix',
      [allow('*.servicebus.window.net')],
      flow('a.b.servicebus.windows.net'),
      'rule 1 is about servicebus.window.net, which is not servicebus.windows.net, but 1 letter away',
    ],
    [
      'is a path',
      [allow('www.microsoft.com/pkiops')],
      flow('www.microsoft.com'),
      'rule 1 is about a path, and a host is only ever called as its name',
    ],
    [
      'has the ranges of last week',
      [allow('AzureCloud', { 'as-of': '2023-08-01' })],
      flow('new.connector.msappproxy.net', { address: '198.18.70.4' }),
      'rule 1 is about the ranges of 2023-08-01, and 198.18.70.4 is in AzureCloud as of 2023-08-07',
    ],
    [
      'is about addresses beside it',
      [allow('198.18.67.1-198.18.67.8')],
      flow(bootstrap),
      'rule 1 is about 198.18.67.1-198.18.67.8, and 198.18.67.9 is beside it',
    ],
    [
      'is about the account and the machine, and another port',
      [allow(bootstrap, { port: 80, account: 'network-service', from: 'app-proxy-01' })],
      flow(bootstrap),
      'rule 1 is about port 80, not 443',
    ],
    ['is about UDP', [allow('any', { protocol: 'udp' })], flow(bootstrap), 'rule 1 is about UDP, not TCP'],
    [
      'is about two ports',
      [allow('crl3.digicert.com', { port: '81-88, 443' })],
      flow('crl3.digicert.com', { port: 80 }),
      'rule 1 is about port 81-88 and 443, not 80',
    ],
    [
      'is about two other origins',
      [allow(bootstrap, { from: ['proxy', 'app-proxy-02'] })],
      flow(bootstrap),
      'rule 1 is about what comes from proxy, app-proxy-02, not from app-proxy-01',
    ],
    [
      'is the first of two that are as near',
      [allow(bootstrap, { port: 80 }), allow(bootstrap, { port: 8080 })],
      flow(bootstrap),
      'rule 1 is about port 80, not 443',
    ],
    [
      'differs in one thing, not in two',
      [allow(bootstrap, { port: 80, account: 'local-system' }), allow(bootstrap, { port: 80 })],
      flow(bootstrap),
      'rule 2 is about port 80, not 443',
    ],
    [
      'is about a name like it, rather than about the name in two other ways',
      [allow(bootstrap, { port: 80, account: 'local-system' }), allow('msappproxy.net')],
      flow(bootstrap),
      `rule 2 is about msappproxy.net alone, and ${bootstrap} is below it`,
    ],
    [
      'is about the name in one other way, rather than about a name like it',
      [allow('msappproxy.net'), allow(bootstrap, { port: 80 })],
      flow(bootstrap),
      'rule 2 is about port 80, not 443',
    ],
    [
      'is about another part of a tag',
      [{ ...allow('ServiceBus.WestEurope'), means: { ...part, shares: { ServiceBus: 0.528 } } }],
      flow('a.servicebus.windows.net', { address: '198.18.66.4' }),
      'rule 1 is about 52.8 % of ServiceBus (the list of 2025-07-01), and 198.18.66.4 stands for another part of it',
    ],
    [
      'stands behind the one that decides',
      [{ deny: '*.msappproxy.net', port: 'any' }, allow('crl3.digicert.com'), allow(bootstrap)],
      flow(bootstrap),
      'rule 3 stands behind rule 1, which decides first',
    ],
  ])('%s', (_, rules, one, words) => {
    expect(near(rules, one)).toBe(words);
  });

  it('is none that is about something else, or that decides the same', () => {
    const others = [
      allow('crl4.digicert.com', { port: 80 }),
      allow('*.contoso.test'),
      allow('mail.digicert.com', { port: 25, from: 'proxy', account: 'local-system' }),
      { deny: 'crl3.digicert.com', port: 443 } satisfies Rule,
    ];
    expect(near(others, flow('crl3.digicert.com', { port: 80 }))).toBeUndefined();
    expect(
      near([allow(bootstrap, { port: 80, account: 'local-system', from: 'proxy' })], flow(bootstrap)),
    ).toBeUndefined();
    expect(
      near([allow('AzureCloud', { 'as-of': '2023-08-01' })], flow('a.test', { address: '10.0.0.1' })),
    ).toBeUndefined();
    // Two letters of five are another name.
    expect(near([allow('b.net')], flow('c.net'))).toBeUndefined();
  });

  it('to stopping it, where the default lets it pass', () => {
    const rules: Rule[] = [{ deny: 'crl3.digicert.com', port: 443 }];
    expect(near(rules, flow('crl3.digicert.com', { port: 80 }), 'allow')).toBe(
      'rule 1 is about port 443, not 80',
    );
  });

  it('in a list is called as evidence calls it', () => {
    const found = nearestEntry(['login.windows.net', 'msappproxy.net'], bootstrap, (one) => `except ${one}`);
    expect(found).toEqual({
      rule: 'except msappproxy.net',
      why: `is about msappproxy.net alone, and ${bootstrap} is below it`,
    });
    expect(nearestEntry(['*.contoso.test'], bootstrap, () => 'any')).toBeUndefined();
  });
});
