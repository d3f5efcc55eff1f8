import { expect, it } from 'vitest';
import { inRange, rangeOf } from '../address-range.js';
import { cloudPlaces } from './cloud-places.js';
import { tagByName } from './tag-by-name.js';
import { isServiceTag, looksLikeServiceTag, unknownTag } from './tag-names.js';

/** The places that a tag is about, in order, by their third byte; and those that may be. */
function placesOf(tag: string, asOf?: string) {
  const { ranges, unknown } = tagByName(tag, asOf);
  const names = (texts: readonly string[]) =>
    Object.entries(cloudPlaces).flatMap(([name, { first }]) =>
      texts.some((text) => inRange(first, rangeOf(text) as NonNullable<ReturnType<typeof rangeOf>>))
        ? [name]
        : [],
    );
  return [names(ranges), names(unknown)];
}

const relays = ['relay-0', 'relay-1', 'relay-2', 'relay-3'];
const data = ['eur', 'nam', 'aus', 'asia', 'ind'].map((region) => `connector-data-${region}`);

it.each([
  ['ServiceBus', relays, []],
  ['ServiceBus.WestEurope', ['relay-0'], []],
  ['servicebus.germanywestcentral', ['relay-3'], []],
  ['ServiceBus.USGovVirginia', ['relay-0'], []],
  ['AzureActiveDirectory', ['sign-in'], []],
  ['AzureActiveDirectory.ServiceEndpoint', [], ['sign-in']],
  ['Storage', [], []],
  ['AzureFrontDoor.Frontend', [], ['content', 'authorities']],
  [
    'AzureCloud',
    [
      ...relays,
      'connector-service',
      ...data,
      'connector-administration',
      'resource-manager',
      'moved',
      'nearer',
    ],
    ['sign-in', 'content'],
  ],
  [
    'AzureCloud.westeurope',
    ['relay-0', 'connector-service', 'connector-administration'],
    ['sign-in', 'content', 'resource-manager'],
  ],
  ['AzureCloud.germanywc', ['relay-3'], ['sign-in', 'content', 'resource-manager']],
  ['AzureCloud.eastus', [], ['sign-in', 'content', 'resource-manager']],
])('%s is about what its name says', (tag, sure, perhaps) => {
  expect(placesOf(tag)).toEqual([sure, perhaps]);
});

it('lists of a day have what was there then', () => {
  expect(placesOf('AzureCloud', '2023-07-31')[0]).not.toContain('moved');
  expect(placesOf('ServiceBus', '2023-07-30')).toEqual([[], relays]);
  expect(placesOf('ServiceBus', '2026-01-01')).toEqual([relays, []]);
});

it.each([
  ['AzureCloud', true],
  ['azurecloud.WestEurope', true],
  ['Sql', true],
  ['sql', false],
  ['storage', false],
  ['AzureFrontDoor', false],
  ['AzureFrontDoor.Frontend', true],
  ['ServiceBus.WestEurope.test', false],
  ['intranet.contoso', false],
])('whether %s is a tag: %s', (text, is) => {
  expect(isServiceTag(text)).toBe(is);
});

it.each([
  ['AppProxy', /its hosts are in AzureCloud, its relay in ServiceBus/],
  ['AzureFrontDoor', /AzureFrontDoor\.Frontend, \.Backend/],
  ['Internet', /did you mean "any"/],
  ['AzureAD', /did you mean "AzureActiveDirectory"/],
  ['ServiceBus.WestEurop', /did you mean "ServiceBus\.WestEurope"/],
  ['ServicBus.NorthEurope', /did you mean "ServiceBus\.NorthEurope"/],
  ['AzureFrontDor.Frontend', /did you mean "AzureFrontDoor\.Frontend"/],
])('%s is no tag, and looks like one', (text, words) => {
  expect(looksLikeServiceTag(text)).toBe(true);
  expect(unknownTag(text, [])).toMatch(words);
});

it.each(['Intranet.Contoso', 'a.b.c', '*.Contoso.test', '10.0.0.1', 'any'])(
  '%s does not look like a tag',
  (text) => {
    expect(looksLikeServiceTag(text)).toBe(false);
  },
);
