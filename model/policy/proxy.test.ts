import { expect, it } from 'vitest';
import type { Account } from '../evidence/vocabulary.js';
import { proxySchema } from '../site/schema.js';
import { decideProxy, explainProxy, schemesInRule } from './proxy.js';

const proxyOf = (settings: object) => proxySchema.parse({ address: 'proxy.contoso.test:8080', ...settings });
const lists = { deny: ['*.bad.test'], allow: ['*.bad.test', '*.good.test', 'HOST.test'], ports: [443, 8443] };

it.each([
  [{}, 'a.test', 80, 'allow', 'allow *', 'the proxy lets a.test through'],
  [{}, 'a.test', 8443, 'refuse', 'ports 80,443', 'port 8443 is not open in the proxy'],
  [{ ports: [] }, 'a.test', 80, 'refuse', 'ports ', 'port 80 is not open in the proxy'],
  [{ allow: [] }, 'a.test', 80, 'refuse', 'not in allow list', "a.test is not on the proxy's allow list"],
  [{ deny: ['any'] }, 'a.test', 80, 'refuse', 'deny any', "a.test is on the proxy's deny list"],
  [lists, 'a.bad.test', 443, 'refuse', 'deny *.bad.test', "a.bad.test is on the proxy's deny list"],
  [lists, 'a.good.test', 443, 'allow', 'allow *.good.test', 'the proxy lets a.good.test through'],
  [lists, 'host.test', 8443, 'allow', 'allow HOST.test', 'the proxy lets host.test through'],
  [lists, 'good.test', 443, 'refuse', 'not in allow list', "good.test is not on the proxy's allow list"],
  [lists, 'bad.test', 80, 'refuse', 'not in allow list', "bad.test is not on the proxy's allow list"],
  [lists, 'a.good.test', 80, 'refuse', 'ports 443,8443', 'port 80 is not open in the proxy'],
  [
    { ...lists, 'plain-ports': [443] },
    'a.bad.test',
    80,
    'refuse',
    'deny *.bad.test',
    "a.bad.test is on the proxy's deny list",
  ],
] as const)('%j: %s port %i', (settings, host, port, action, rule, explanation) => {
  const proxy = proxyOf(settings);
  expect(decideProxy(proxy, { host, port }, false)).toEqual({ action, rule, explanation });
  expect(explainProxy(proxy, rule, { host, port })).toEqual({ action, rule, explanation });
});

it('opens tunnels to some ports, and fetches in the clear from others', () => {
  const proxy = proxyOf({ allow: ['a.test'], ports: [443] });
  const rule = (port: number, method: 'connect' | 'plain', of = proxy) =>
    decideProxy(of, { host: 'a.test', port, method }, false).rule;
  expect([rule(443, 'connect'), rule(80, 'connect')]).toEqual(['allow a.test', 'ports 443']);
  expect([rule(443, 'plain'), rule(80, 'plain')]).toEqual(['plain-ports 80', 'allow a.test']);
  expect(rule(80, 'plain', proxyOf({ 'plain-ports': [] }))).toBe('plain-ports ');
});

it('asks who somebody is before anything else, and only those that it does not know', () => {
  const proxy = proxyOf({ authentication: 'basic', deny: ['any'] });
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

it('asks nobody for an exempt host, and an exempt account for none; its lists still decide', () => {
  const proxy = proxyOf({
    authentication: 'negotiate',
    'no-authentication': { hosts: ['*.good.test'], accounts: ['local-system'] },
    deny: ['bad.good.test'],
  });
  const rule = (host: string, account?: Account) =>
    decideProxy(proxy, { host, port: 443, account }, false).rule;
  expect(rule('a.good.test', 'network-service')).toBe('allow *');
  expect(rule('a.good.test')).toBe('allow *');
  expect(rule('bad.good.test')).toBe('deny bad.good.test');
  expect(rule('good.test', 'network-service')).toBe('authentication negotiate');
  expect(rule('good.test', 'local-system')).toBe('allow *');
  expect(rule('good.test')).toBe('authentication negotiate');
});
