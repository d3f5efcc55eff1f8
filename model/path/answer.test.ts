import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { answerFor, publicAnswer } from './answer.js';
import { internetOf } from './public-host.js';

type Fault = NonNullable<NonNullable<SiteInput['resolver']>['faults']>[number];
const host = 'relay.test';
const internet = internetOf([
  { name: host, chain: ['alias.cloud.test', 'last.cloud.test'], address: '198.18.64.1', ports: [443] },
]);
const internal = new Map([['portal.test', '198.18.130.10']]);
const answer = (faults: Fault[], name: string, zones = {}) =>
  answerFor(completeSite({ site: 'Asked', resolver: { faults, zones } }).resolver, internal, internet, name);

it('public names are told with all their aliases, in whatever letters they are asked for', () => {
  const told = {
    chain: [host, 'alias.cloud.test', 'last.cloud.test'],
    addresses: ['198.18.64.1'],
    outcome: 'ok',
  };
  expect(answer([], 'Relay.Test.')).toEqual(told);
  expect(publicAnswer(internet, host)).toEqual(told);
  expect(answer([], 'gone.test')).toEqual({ chain: ['gone.test'], addresses: [], outcome: 'dns-nxdomain' });
});

it('the names of a site have no aliases, and no zone hides them', () => {
  const own = { chain: ['portal.test'], addresses: ['198.18.130.10'], outcome: 'ok' };
  expect(answer([], 'portal.test')).toEqual(own);
  expect(answer([], 'portal.test', { test: '198.18.20.0/24' })).toEqual(own);
  expect(answer([], host, { test: '198.18.20.0/24' })).toEqual({
    ...{ chain: [host], addresses: [], outcome: 'dns-nxdomain', rule: 'zone test' },
  });
});

it.each<[Fault['answer'], string, object]>([
  ['nxdomain', host, { chain: [host], addresses: [], outcome: 'dns-nxdomain' }],
  ['timeout', host, { chain: [host], addresses: [], outcome: 'dns-timeout' }],
  ['no-chain', host, { chain: [host, 'alias.cloud.test'], addresses: [], outcome: 'dns-nxdomain' }],
  ['wrong-address', host, { chain: [host], addresses: ['198.18.255.1'], outcome: 'dns-wrong-answer' }],
  ['timeout', 'portal.test', { chain: ['portal.test'], addresses: [], outcome: 'dns-timeout' }],
])('a resolver that answers %s for %s', (fault, name, told) => {
  expect(answer([{ name, answer: fault }], name)).toEqual({ ...told, rule: `${fault} ${name}` });
});
