import { type CloudPlace, cloudPlaces, labLists } from './cloud-places.js';
import { partsOfTag } from './tag-names.js';

/** What a destination means at the lab's addresses. */
export interface LabMeaning {
  /** Addresses of the lab's cloud that it is about. */
  ranges: readonly string[];
  /** Those of which nobody can say whether it is about them. */
  unknown: readonly string[];
}

const places: readonly CloudPlace[] = Object.values(cloudPlaces);
const known = new Map<string, LabMeaning>();

/**
 * What a service tag means where no published list is at hand: what its name says. `asOf`: as on that day;
 * the lab's own lists are of two weeks, what was before them is unknown.
 */
export function tagByName(tag: string, asOf: string = labLists.newest): LabMeaning {
  const key = `${tag} ${asOf}`;
  const found = known.get(key) ?? meaningOf(tag, asOf);
  known.set(key, found);
  return found;
}

function meaningOf(tag: string, asOf: string): LabMeaning {
  const ranges: string[] = [];
  const unknown: string[] = [];
  for (const place of places) {
    const covers = isIn(tag, place);
    if (covers === 'no' || (place.since !== undefined && asOf < place.since && asOf >= labLists.oldest))
      continue;
    (covers === 'yes' && asOf >= labLists.oldest ? ranges : unknown).push(`${place.first}-${place.last}`);
  }
  return { ranges, unknown };
}

/** Whether hosts of a place can be in the ranges of a tag, by what names say. */
export function mayBeIn(tag: string, place: CloudPlace): boolean {
  return isIn(tag, place) !== 'no';
}

/** Whether the hosts of a place are in the ranges of a tag, by what names say. */
function isIn(tag: string, { tag: home, perhaps = [] }: CloudPlace): 'yes' | 'no' | 'unknown' {
  const { service, part } = partsOfTag(tag);
  if (!home) return perhaps.some((one) => one.toLowerCase() === service) ? 'unknown' : 'no';
  const homes = Object.values(home).map(partsOfTag);
  const isSamePart = homes.some((one) => one.part === part);
  const isEverywhere = homes[0]?.part === undefined;
  if (homes[0]?.service === service)
    return part === undefined || isSamePart ? 'yes' : isEverywhere ? 'unknown' : 'no';
  if (service !== 'azurecloud') return 'no';
  // A seventh of the sign-in's addresses is in no region of Azure (connector-facts 4.6).
  if (homes[0]?.service === 'azureactivedirectory') return 'unknown';
  if (part === undefined) return 'yes';
  return isEverywhere ? 'unknown' : isSamePart ? 'yes' : 'no';
}
