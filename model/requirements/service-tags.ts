/**
 * Service tags of the lab: names for address ranges, in weekly editions, as Azure publishes them.
 * The ranges are the lab's own (198.18.64.0/18 holds its cloud); what they prove is the mechanism.
 * Hosts of certificate authorities and www.microsoft.com are in no tag.
 */
const editions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '2023-07-31': {
    AzureActiveDirectory: ['198.18.64.0/24'],
    AzureFrontDoor: ['198.18.65.0/24'],
    ServiceBus: ['198.18.66.0/24'],
    AppProxy: ['198.18.67.0/24', '198.18.71.0/24'],
    AzureResourceManager: ['198.18.68.0/24'],
  },
  '2023-08-07': {
    AzureActiveDirectory: ['198.18.64.0/24'],
    AzureFrontDoor: ['198.18.65.0/24'],
    ServiceBus: ['198.18.66.0/24'],
    AppProxy: ['198.18.67.0/24', '198.18.70.0/24', '198.18.71.0/24'],
    AzureResourceManager: ['198.18.68.0/24'],
  },
};
const dates = Object.keys(editions).sort();

/** Date of the newest edition. */
export const newestServiceTags = dates.at(-1) ?? '';

/** Every tag of the newest edition. */
export const serviceTags: readonly string[] = Object.keys(editions[newestServiceTags] ?? {});

export function isServiceTag(name: string): boolean {
  return serviceTags.includes(name);
}

/** The ranges of a tag in the newest edition that is not after `asOf`; an unknown tag has none. */
export function serviceTagRanges(tag: string, asOf: string = newestServiceTags): readonly string[] {
  const date = dates.findLast((edition) => edition <= asOf);
  return (date && editions[date]?.[tag]) || [];
}
