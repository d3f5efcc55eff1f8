import {
  agesOfLists,
  documentedSite,
  missingFromOldLists,
  narrowed,
  results,
  scenarios,
  siteChange,
  staleLists,
  withServiceTags,
} from '../../harness/index.js';

/** Two regions, each with 2^16 addresses. */
const regions = { 'AzureCloud.westeurope': '20.50', 'AzureCloud.northeurope': '20.51' } as const;
const relays = {
  'ServiceBus.WestEurope': '20.60',
  'ServiceBus.NorthEurope': '20.61',
  'ServiceBus.FranceCentral': '20.62',
  'ServiceBus.GermanyWestCentral': '20.63',
} as const;

/** The first so many addresses of a block of 2^16, in as few networks as can be: every command loads this file. */
function firstOf(block: string, addresses: number): string[] {
  const networks: string[] = [];
  let begin = 0;
  for (let bits = 0; bits <= 16; bits++) {
    const size = 2 ** (16 - bits);
    if (begin + size > addresses) continue;
    networks.push(`${block}.${begin >> 8}.${begin & 255}/${16 + bits}`);
    begin += size;
  }
  return networks;
}

/** A list that lacks a share of every tag's addresses. */
function listWithout(missing: number) {
  const left = Math.round(4096 * (1 - missing)) * 16;
  const networks = (block: string) => firstOf(block, left);
  const tags = Object.fromEntries(
    Object.entries({ ...regions, ...relays }).map(([tag, block]) => [tag, networks(block)]),
  );
  const ofService = (service: string) =>
    Object.entries(tags).flatMap(([tag, ranges]) => (tag.startsWith(service) ? ranges : []));
  return { ...tags, AzureCloud: ofService('AzureCloud'), ServiceBus: ofService('ServiceBus') };
}

const today = '2025-07-28';
const dayBefore = (weeks: number) =>
  new Date(Date.parse(today) - weeks * 7 * 24 * 3_600_000).toISOString().slice(0, 10);
const listOfToday = listWithout(0);

const rows = agesOfLists.flatMap((weeks) => [
  {
    ...{ weeks, tag: 'ServiceBus', row: '*.servicebus.windows.net' },
    missing: missingFromOldLists('ServiceBus', weeks),
    // The namespaces are known; of the gateways that requests are met at, some are not.
    seen: [results.bootstrap.ok(), results.listen.ok()],
    dropped: results.deliver.tcpDrop,
  },
  {
    ...{ weeks, tag: 'AzureCloud', row: '*.msappproxy.net' },
    missing: missingFromOldLists('AzureCloud', weeks),
    seen: [results.register.ok()],
    dropped: results.bootstrap.tcpDrop,
  },
]);

/**
 * P10, with the shares that were measured: of a list so many weeks old, the worst case. Everything was open
 * on the day of the list; today a part of the hosts lives where it has nothing.
 */
export default scenarios(rows, ({ weeks, tag, row, missing, seen, dropped }) => {
  const day = dayBefore(weeks);
  const lists = { [day]: listWithout(missing), [today]: listOfToday };
  const ranges = (asOf: string) =>
    withServiceTags(
      narrowed(row, { allow: tag, match: 'service-tag', 'as-of': asOf }).apply(documentedSite()),
      lists,
    );
  const age = `${weeks} week${weeks === 1 ? '' : 's'} old`;
  const percent = Math.round(missing * 1000) / 10;
  return {
    row: `${tag}, ${age}`,
    title: `A list of ${tag} that is ${age} lacks up to ${percent} % of its addresses: hosts there are dropped`,
    proves: 'hosts/ip-ranges-weekly',
    measured: staleLists,
    site: ranges(today),
    change: siteChange(`edge-firewall: ranges of ${tag} that are ${age}`, () => ranges(day), [
      {
        kind: 'decision',
        device: 'edge-firewall',
        rule: 'default drop',
        host: { pattern: row, match: 'suffix' },
      },
    ]),
    expect: [...seen, dropped({ host: row, device: 'edge-firewall', rule: 'default drop' })],
  };
});
