import { describe, expect, expectTypeOf, it } from 'vitest';
import type { RequirementId } from '../requirements/catalogue.js';
import { documentedSite } from '../site/documented.js';
import { denyHost } from './changes/firewall.js';
import { readSpec, ScenarioFileError } from './read-spec.js';
import { results } from './result-expectation.js';
import type { ScenarioSpec } from './scenario.js';

const right: ScenarioSpec = {
  title: 'Signalling is blocked',
  proves: 'verify/active-is-not-proof',
  site: documentedSite(),
  change: denyHost('*.servicebus.windows.net'),
  expect: [results.listen.tcpDrop()],
};
const read = (spec: object) => readSpec(spec, 'own', 'own.test.ts › ours');

describe('a scenario', () => {
  it('that is right is read', () => {
    expect(read(right)).toMatchObject({ id: 'own', proves: ['verify/active-is-not-proof'] });
  });

  const site = documentedSite();
  const applies = (apply: (one: object) => object) => ({ describe: 'x', apply, exercised: [] });
  it.each<[string, object, string]>([
    [
      'of an unknown requirement',
      { ...right, proves: ['tls/no-inspection', 'verify/active-is-not-prof'] },
      'proves: no requirement is called "verify/active-is-not-prof"; did you mean verify/active-is-not-proof?',
    ],
    [
      'of an unknown host row',
      { ...right, proves: 'hosts/*.msappproxy.nett/443' },
      'proves: no requirement is called "hosts/*.msappproxy.nett/443"; did you mean hosts/*.msapp',
    ],
    ['without a requirement', { ...right, proves: undefined }, 'proves: is'],
    ['with an unknown key', { ...right, expects: [] }, 'expects: unknown key; did you mean "expect"?'],
    [
      'with an unknown phase',
      { ...right, script: { chnge: [] } },
      'script.chnge: unknown key; did you mean "change"?',
    ],
    ['without expectations', { ...right, expect: undefined }, 'expect: is missing'],
    ['whose change is none', { ...right, change: 'deny' }, 'change: is a change, such as denyHost(…)'],
    [
      'with an unknown key of its site',
      { ...right, site: { ...site, firewal: site.firewall } },
      'site.firewal: unknown key; did you mean "firewall"?',
    ],
    [
      'with an unknown word in its site',
      { ...right, site: { ...site, servers: [{ ...site.servers[0], windows: 'server-2091' }] } },
      'site.servers[0].windows: "server-2091" is not one of',
    ],
    [
      'with an unknown machine in its site',
      {
        ...right,
        site: {
          ...site,
          firewall: { ...site.firewall, rules: [{ allow: 'any', port: 'any', from: 'app-01' }] },
        },
      },
      'site.firewall.rules[0].from: no machine is called "app-01"',
    ],
    [
      'whose change makes a site with an unknown key',
      { ...right, change: applies((one) => ({ ...one, resolvr: {} })) },
      'the changed site.resolvr: unknown key; did you mean "resolver"?',
    ],
  ])('%s is refused, with its place', (_, spec, message) => {
    expect(() => read(spec)).toThrow(ScenarioFileError);
    expect(() => read(spec)).toThrow(`own.test.ts › ours: ${message}`);
  });

  it('is typed by the catalogue', () => {
    expectTypeOf<'verify/active-is-not-proof'>().toExtend<RequirementId>();
    expectTypeOf<'hosts/*.msappproxy.net/443'>().toExtend<RequirementId>();
    expectTypeOf<'verify/active-is-not-prof'>().not.toExtend<RequirementId>();
    expectTypeOf<string>().not.toExtend<RequirementId>();
  });
});

it('a site that is made in code is told like one in a file', () => {
  const wrong = { firewal: {} } as object;
  expect(() => documentedSite(wrong)).toThrow(
    'site "As documented": firewal: unknown key; did you mean "firewall"?',
  );
});
