import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { completeSite } from '../complete.js';
import type { Rule, SiteInput } from '../schema.js';
import { type CloudPlace, type CloudPlaceName, cloudPlaces } from './cloud-places.js';
import { readPublishedList } from './published-list.js';
import { publishedText, smallTags, someList } from './testing.js';
import { withMeanings } from './with-meanings.js';

const older = readPublishedList(
  publishedText({
    ...smallTags,
    ServiceBus: (smallTags.ServiceBus ?? []).filter((one) => one !== '52.169.80.0/23'),
  }),
  'public',
  '2025-06-30',
);

function meaningOf(...rules: NonNullable<NonNullable<SiteInput['firewall']>['rules']>) {
  const site = completeSite({ site: 'Real ranges', firewall: { rules } });
  return withMeanings(site, [older, someList]).firewall.rules.map((rule: Rule) => rule.means);
}

/** How many of the first addresses of a place some ranges are about; without a number, of all. */
function hits(ranges: readonly string[] | undefined, name: CloudPlaceName, count?: number): number {
  const all = new Set((ranges ?? []).flatMap(addressesOf));
  return addressesOf(everywhere(name))
    .slice(0, count)
    .filter((address) => all.has(address)).length;
}

/** `198.18.64.1-198.18.64.3`, one by one; of a network that is not the lab's, none. */
function addressesOf(range: string): string[] {
  const [, network, from, to] = /^(198\.18\.\d+)\.(\d+)-198\.18\.\d+\.(\d+)$/.exec(range) ?? [];
  return Array.from(
    { length: Number(to) - Number(from) + 1 || 0 },
    (_, at) => `${network}.${Number(from) + at}`,
  );
}

it.each([
  [
    'AzureCloud',
    { 'connector-service': 16, 'relay-0': 16, 'connector-data-ind': 16, 'resource-manager': 16 },
  ],
  [
    'AzureCloud.westeurope',
    { 'connector-service': 16, 'relay-0': 16, 'relay-1': 0, 'connector-data-eur': 0 },
  ],
  ['ServiceBus.NorthEurope', { 'relay-0': 0, 'relay-1': 16, 'sign-in': 0 }],
  ['Storage', { 'connector-service': 0, 'relay-0': 0, 'sign-in': 0 }],
  ['20.74.0.0/17', { 'relay-2': 16, 'relay-3': 0, 'connector-service': 0 }],
  ['8.0.0.0-60.255.255.255', { 'relay-0': 16, 'connector-service': 16, 'sign-in': 16 }],
  ['203.0.113.0/24', { 'relay-0': 0, 'connector-service': 0, 'sign-in': 0 }],
])('%s is about the hosts that it is about in the cloud', (allow, places) => {
  const [means] = meaningOf({ allow });
  const found = Object.keys(places).map((place) => [place, hits(means?.ranges, place as CloudPlaceName, 16)]);
  expect(Object.fromEntries(found)).toEqual(places);
});

it('a part of a tag is about a part of its hosts, the second of which it leaves out', () => {
  const [means] = meaningOf({ allow: '20.190.128.0/18' });
  expect(means?.shares).toEqual({ AzureActiveDirectory: 0.5 });
  expect(hits(means?.ranges, 'sign-in', 2)).toBe(1);
  expect(hits(means?.ranges, 'sign-in', 254)).toBe(127);
});

it('hosts of the cloud have no address of a documented service with a tag of its own', () => {
  const [relay] = meaningOf({ deny: 'ServiceBus' });
  expect(hits(relay?.ranges, 'relay-0')).toBeGreaterThan(0);
  expect(hits(relay?.ranges, 'connector-service')).toBe(0);
  expect(Object.keys(relay?.shares ?? {}).filter((tag) => tag.startsWith('AzureCloud'))).toEqual([]);
});

it('however small what is left out is, it is met', () => {
  // All of the tag but 8 of its 2^17 addresses and a half.
  const [means] = meaningOf({ allow: '13.69.0.0-52.236.255.247' });
  expect(hits(means?.ranges, 'connector-service', 99)).toBe(98);
  expect(hits(means?.ranges, 'connector-service', 2)).toBe(1);
});

it('rules that have a tag only together leave nothing out', () => {
  const both = meaningOf({ allow: '20.190.128.0/18', port: 443 }, { allow: '40.126.0.0/18', port: 443 });
  expect(both.map((means) => hits(means?.ranges, 'sign-in', 254)).reduce((a, b) => a + b)).toBe(254);
  expect(both[0]?.together).toMatchObject({ AzureActiveDirectory: 1 });
});

it("somebody's server in a tag is no host of the cloud; a range that the list has itself is one", () => {
  expect(meaningOf({ deny: '20.33.9.7' }, { deny: '20.33.9.0/28' })).toEqual([undefined, undefined]);
  expect(hits(meaningOf({ allow: '13.69.64.64/29' })[0]?.ranges, 'relay-0')).toBeGreaterThan(0);
});

it('a rule with a date has the ranges of its day', () => {
  const [today, then] = meaningOf({ allow: 'ServiceBus' }, { allow: 'ServiceBus', 'as-of': '2025-07-01' });
  expect([hits(today?.ranges, 'relay-1', 16), hits(then?.ranges, 'relay-1', 16)]).toEqual([16, 1]);
  expect(then?.list).toBe('the list of 2025-06-30');
});

it.each([
  ['a network of Azure alone', '20.33.0.0/16', ['content']],
  ['a network of somebody else', '192.229.211.0/24', ['content', 'authorities']],
  ['a tag that delivers content', 'AzureFrontDoor.Frontend', ['content', 'authorities']],
  ['a tag of another service', 'Storage', []],
  ['a private network', '10.0.0.0/8', []],
])('hosts in no tag are not judged by %s', (_, allow, places) => {
  const unknown = places.map((place) => cloudPlaces[place as CloudPlaceName]);
  expect(meaningOf({ allow })[0]?.unknown ?? []).toEqual(
    unknown.map(({ first, last }) => `${first}-${last}`),
  );
});

it('shares are those that Node’s BlockList counts', () => {
  const home = smallTags.AzureActiveDirectory ?? [];
  const network = fc
    .record({
      at: fc.integer({ min: 0, max: 0xffff }),
      prefix: fc.integer({ min: 8, max: 24 }),
      aad: fc.boolean(),
    })
    .map(({ at, prefix, aad }) => `${aad ? '20.190' : '40.126'}.${at >> 8}.${at & 255}/${prefix}`);
  fc.assert(
    fc.property(network, (allow) => {
      const block = new BlockList();
      const [base = '', prefix = ''] = allow.split('/');
      block.addSubnet(base, Number(prefix), 'ipv4');
      // Every 64th address of the tag: no network above is narrower than four of these.
      const some = home.flatMap((text) => {
        const [a, b, c] = text.split('.').map(Number);
        return Array.from({ length: 256 }, (_, at) => `${a}.${b}.${(c ?? 0) + (at >> 2)}.${(at & 3) * 64}`);
      });
      const share = some.filter((address) => block.check(address)).length / some.length;
      expect(meaningOf({ allow })[0]?.shares.AzureActiveDirectory ?? 0).toBeCloseTo(share, 10);
    }),
    { numRuns: 60 },
  );
});

it('rules of one port have some hosts of a tag, all or none, as their ranges do together', () => {
  const texts = [...Object.keys(smallTags), '20.190.128.0/19', '13.69.0.0/16', '52.169.0.0/16'];
  const rule = fc.record({ allow: fc.constantFrom(...texts), port: fc.constantFrom(80, 443) });
  const homes = Object.entries<CloudPlace>(cloudPlaces).flatMap(([place, { tag }]) =>
    tag ? [{ place: place as CloudPlaceName, tag: tag.public }] : [],
  );
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), fc.constantFrom(80, 443), (rules, port) => {
      const found = meaningOf(...rules).flatMap((means, at) => (rules[at]?.port === port ? [means] : []));
      const ranges = found.flatMap((means) => means?.ranges ?? []);
      const alone = meaningOf(...rules.filter((one) => one.port === port))[0]?.together ?? {};
      for (const { place, tag } of homes) {
        const [some, all] = [hits(ranges, place), hits([everywhere(place)], place)];
        const share = alone[tag] ?? 0;
        expect([place, some > 0, some < all]).toEqual([place, share > 0, share < 1]);
      }
    }),
    { numRuns: 50 },
  );
});

function everywhere(place: CloudPlaceName): string {
  return `${cloudPlaces[place].first}-${cloudPlaces[place].last}`;
}
