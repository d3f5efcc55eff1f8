import { expect, it } from 'vitest';
import { documentedSite } from '../site/documented.js';
import { siteChange } from './changes/index.js';
import { wrongReferences } from './check-references.js';
import { type Expectation, network, portal, user } from './expectation.js';
import { results } from './result-expectation.js';
import { type ScenarioSpec, toScenario } from './scenario.js';
import { type Step, steps } from './step.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
/** What a scenario file that nobody compiled may hold. */
const notCompiled = <T>(value: unknown) => value as T;
const wrong = (spec: Partial<ScenarioSpec>) =>
  wrongReferences(
    toScenario('t', {
      title: 't',
      proves: 'tls/no-inspection',
      site: documentedSite(),
      change: siteChange(
        'one more server',
        () => documentedSite({ servers: [{ name: 'app-proxy-01' }, { name: 'new-proxy-01' }] }),
        [],
      ),
      expect: [],
      ...spec,
    }),
  );

it.each<[string, Expectation, string]>([
  [
    'page',
    user.visits(intranet).gets(notCompiled('aplication')),
    'expect[0].page: no page is called "aplication"; did you mean "application"?',
  ],
  [
    'application',
    user.visits('https://intranet-contosso.msappproxy.net/').gets('application'),
    `expect[0].url: no application is called "https://intranet-contosso.msappproxy.net/"; did you mean "${intranet}"?`,
  ],
  [
    'user',
    user.visits(intranet, 'mirra@contoso.test').gets('application'),
    'expect[0].user: no user is called "mirra@contoso.test"; did you mean "mira@contoso.test"?',
  ],
  [
    'user of a private resource',
    user.connects('h', 443, { user: 'x' }).gets('ok'),
    'expect[0].user: no user is called "x"; there are',
  ],
  [
    'connector',
    portal.connector('app-proxy-1').isActive(),
    'expect[0].connector: no server is called "app-proxy-1"; did you mean "app-proxy-01"?',
  ],
  [
    'server of a result',
    results.listen.ok({ server: 'app-proxy-1' }),
    'expect[0].server: no server is called "app-proxy-1"; did you mean "app-proxy-01"?',
  ],
  [
    'server of a connection',
    network.from('app-proxy-1').reaches('h', 443, 'ok'),
    'expect[0].from: no server is called "app-proxy-1"; did you mean "app-proxy-01"?',
  ],
  [
    'account',
    network.from('app-proxy-01', notCompiled('local system')).reaches('h', 443, 'ok'),
    'expect[0].account: no account is called "local system"; did you mean "local-system"?',
  ],
  [
    'server of an inbound probe',
    network.outside.probes('app-proxy-1', 443, 'tcp-drop'),
    'expect[0].server: no server is called "app-proxy-1"; did you mean "app-proxy-01"?',
  ],
  [
    'result',
    network.outside.probes('app-proxy-01', 443, notCompiled('tcp-dropp')),
    'expect[0].result: no result is called "tcp-dropp"; did you mean "tcp-drop"?',
  ],
  [
    'result that is not said',
    notCompiled({ kind: 'result', operation: 'listen' }),
    'expect[0].result: is missing; there are ok, ',
  ],
  [
    'operation',
    notCompiled({ kind: 'result', operation: 'lisen', result: 'ok' }),
    'expect[0].operation: no operation is called "lisen"; did you mean "listen"?',
  ],
  [
    'device',
    notCompiled({ kind: 'result', operation: 'listen', result: 'tcp-drop', device: 'edge-firewal' }),
    'expect[0].device: no device is called "edge-firewal"; did you mean "edge-firewall"?',
  ],
  [
    'device of a connection',
    network.from('app-proxy-01').reaches('h', 443, 'tcp-drop', notCompiled({ device: 'egde-firewall' })),
    'expect[0].device: no device is called "egde-firewall"; did you mean "edge-firewall"?',
  ],
  [
    'kind',
    notCompiled({ kind: 'vist' }),
    'expect[0].kind: no expectation is called "vist"; did you mean "visit"?',
  ],
])('an unknown %s is told with the nearest word', (_, expectation, told) => {
  expect(wrong({ expect: [expectation] })).toEqual([expect.stringContaining(told)]);
});

it('steps of a script are read as expectations are, and each is told with its place', () => {
  const control: Step[] = [
    ...steps.operate('app-proxy-1', 'listen'),
    steps.visit('https://intranet'),
    steps.viewPortal('app-proxy-01'),
    notCompiled({ do: 'pas', ms: 1 }),
  ];
  expect(wrong({ script: { control }, restore: [portal.connector('nobody-01').isActive()] })).toEqual([
    expect.stringContaining('script.control[0].server: no server'),
    expect.stringContaining('script.control[1].url: no application'),
    'script.control[3].do: no step is called "pas"; did you mean "pass"?',
    expect.stringContaining('restore[0].connector: no server'),
  ]);
});

it('names of the site count before the change and after it, and so do all pages of an application', () => {
  expect(
    wrong({
      expect: [
        portal.connector('new-proxy-01').isActive(),
        user.visits(`${intranet}a/page`, 'nobody').gets('sign-in'),
        results.listen.ok(),
      ],
    }),
  ).toEqual([]);
});
