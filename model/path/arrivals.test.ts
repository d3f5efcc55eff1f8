import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { open } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

type Inspection = NonNullable<SiteInput['inspection']>;
type Proxy = NonNullable<SiteInput['proxy']>;
const proxyAt = 'proxy.contoso.test:8080';
const insp = (more: Partial<Inspection>) => ({
  ...open,
  inspection: { authority: 'Contoso CA', 'trusted-by-server': true, ...more },
});
const behind = (parent: Partial<NonNullable<Proxy['parent']>>) => ({
  ...open,
  proxy: { address: proxyAt, parent: { address: 'parent.contoso.test:3128', ...parent } },
});
const via = (more: Partial<Proxy>) => ({ ...open, proxy: { address: proxyAt, ...more } });
const files = { ...open, 'private-access': { resources: [{ host: 'files.contoso.test', ports: [445] }] } };
const toFiles = { host: 'files.contoso.test', port: 445, direct: true as const };

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'a resource of Private Access',
    files,
    toFiles,
    'ok',
    ['resolver of app-proxy-01 answer: files.contoso.test is 198.18.130.11'],
  ],
  [
    'another port of it',
    files,
    { ...toFiles, port: 446 },
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: files.contoso.test is 198.18.130.11',
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.130.11 port 446',
    ],
  ],
  [
    'one that is stopped, too',
    {
      ...open,
      'private-access': { resources: [{ host: 'files.contoso.test', ports: [445], state: 'stopped' }] },
    },
    toFiles,
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: files.contoso.test is 198.18.130.11',
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.130.11 port 445',
    ],
  ],
  [
    'the proxy, where it listens',
    via({}),
    { host: 'proxy.contoso.test', port: 8080, direct: true },
    'ok',
    ['resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10'],
  ],
  [
    'the proxy, elsewhere',
    via({}),
    { host: 'proxy.contoso.test', port: 443, direct: true },
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.2.10 port 443',
    ],
  ],
  [
    'the parent of a proxy',
    behind({}),
    { host: 'parent.contoso.test', port: 3128, direct: true },
    'ok',
    ['resolver of app-proxy-01 answer: parent.contoso.test is 198.18.2.11'],
  ],
  ['the resolver, at its port', open, { host: '198.18.3.53', port: 53, direct: true }, 'ok', []],
  [
    'the resolver, elsewhere',
    open,
    { host: '198.18.3.53', port: 80, direct: true },
    'tcp-reject',
    [
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.3.53 port 80',
    ],
  ],
  [
    'the list of an inspecting authority',
    insp({}),
    { host: '198.18.4.10', port: 80, direct: true },
    'ok',
    [],
  ],
  [
    'the list, elsewhere',
    insp({}),
    { host: '198.18.4.10', port: 53, direct: true },
    'tcp-reject',
    [
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.4.10 port 53',
    ],
  ],
])('who listens: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
