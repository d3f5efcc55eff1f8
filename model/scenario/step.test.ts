import { expect, it } from 'vitest';
import { documentedSite } from '../site/documented.js';
import { siteChange } from './changes/index.js';
import { network, portal, user } from './expectation.js';
import { results } from './result-expectation.js';
import { toScenario } from './scenario.js';
import { stepInWords, steps } from './step.js';
import { stepsOf } from './step-plan.js';
import * as files from './steps/index.js';

const server = 'app-proxy-01';
const url = 'https://intranet-contoso.msappproxy.net/';
const camel = (text: string) => text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

it.each(Object.entries(files))(
  '%s is called so in scripts and in data, and nothing else is',
  (name, file) => {
    expect(camel(file.kind.do)).toBe(name);
  },
);

it('lab time is said as in a site file, and what is no duration is refused', () => {
  expect(steps.pass('25h')).toEqual({ do: 'pass', ms: 25 * 3_600_000 });
  expect(() => steps.pass('25 hours')).toThrow('"25 hours": a duration such as');
});

it('steps follow from what is expected: operations with the visits before a delivery, then looks, each once', () => {
  const claims = toScenario('t', {
    title: 't',
    proves: 'tls/no-inspection',
    site: documentedSite(),
    change: siteChange('nothing', (site) => site, []),
    expect: [
      portal.connector(server).isActive(),
      portal.connector(server).isActive({ version: '1' }),
      user.visits(url).gets('application'),
      network.from(server).reaches('h', 443, 'ok'),
    ],
    control: [results.renew.ok()],
  });
  const words = (phase: 'control' | 'change') => stepsOf(claims, phase).map(stepInWords);
  const common = [
    `a user opens ${url}`,
    `${server}: deliver`,
    `the administrator looks for ${server} in the portal`,
    `${server} (network-service) connects to h:443`,
  ];
  expect(words('change')).toEqual([`${server}: bootstrap`, `${server}: listen`, ...common]);
  expect(words('control')).toEqual([
    ...['install', 'sign-in', 'register', 'bootstrap', 'listen'].map(
      (operation) => `${server}: ${operation}`,
    ),
    ...common.slice(0, 2),
    `${server}: renew`,
    ...common.slice(2),
  ]);
});
