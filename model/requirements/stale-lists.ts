import type { Measured } from '../evidence/measured.js';

/** So many weeks old lists of ranges were looked at, newest first. */
export const agesOfLists = [1, 4, 13, 52] as const;

/** Share of a tag's IPv4 addresses that a list did not have, in the order of {@link agesOfLists}. From 0 to 1. */
interface Missing {
  median: readonly number[];
  worst: readonly (number | undefined)[];
}

/** Of 44 public lists from 2024 to 2025 (connector-facts 4.6). */
const missing: Readonly<Record<string, Missing>> = {
  ServiceBus: { median: [0, 0.009, 0.027, 0.466], worst: [0.195, 0.205, 0.223, 0.472] },
  'AzureFrontDoor.Frontend': { median: [0, 0, 0.032, 0.182], worst: [0.032, 0.083, 0.083, undefined] },
  AzureCloud: { median: [0.0015, 0.0085, 0.024, 0.117], worst: [0.006, 0.01, 0.03, 0.122] },
  AzureActiveDirectory: { median: [0, 0, 0.001, 0.098], worst: [0.02, 0.02, 0.02, undefined] },
};

/** The worst of those lists, for the tags by which rows of the page are opened. */
export function missingFromOldLists(
  tag: 'ServiceBus' | 'AzureCloud',
  weeks: (typeof agesOfLists)[number],
): number {
  return missing[tag]?.worst[agesOfLists.indexOf(weeks)] ?? 0;
}

/** How lists of ranges grow old. */
export const staleLists: Measured = {
  title: 'Share of today’s addresses that an older list lacks',
  source: '44 published lists of the public cloud from 2024 to 2025, IPv4. Lines: median; dashes: worst.',
  lines: Object.entries(missing).map(([name, { median, worst }]) => ({
    name,
    points: agesOfLists.map((weeks, at) => {
      const most = worst[at];
      return { weeks, median: median[at] ?? 0, ...(most !== undefined && { worst: most }) };
    }),
  })),
};
