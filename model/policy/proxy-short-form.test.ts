import { expect, it } from 'vitest';
import { proxySchema } from '../site/schema.js';
import { decideProxy } from './proxy.js';

const address = 'proxy.contoso.test:8080';

it.each([
  [{ deny: ['*.a.test'] }, ['x.a.test', 443, 'connect'], 'refuse'],
  [{ deny: ['*.a.test'] }, ['b.test', 443, 'connect'], 'allow'],
  [{ allow: [{ host: '*.a.test', match: 'one-label' }] }, ['x.y.a.test', 443, 'connect'], 'refuse'],
  [{ allow: [{ host: '*.a.test', match: 'one-label' }] }, ['x.a.test', 443, 'connect'], 'allow'],
  [{ ports: [443, '8000-8100'] }, ['b.test', 8050, 'connect'], 'allow'],
  [{ ports: [443, '8000-8100'] }, ['b.test', 8101, 'connect'], 'refuse'],
  [{ 'plain-ports': [80] }, ['b.test', 8080, 'plain'], 'refuse'],
  [{ 'plain-ports': [80] }, ['b.test', 8080, 'connect'], 'allow'],
] as const)('%j of a proxy and %j: %s', (lists, [host, port, method], action) => {
  const proxy = proxySchema.parse({ address, ...lists });
  expect(decideProxy(proxy, { host, port, method }, false).action).toBe(action);
});
