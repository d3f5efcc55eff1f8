import { inRange, rangeOf } from '../address-range.js';
import { type CloudPlace, cloudPlaces } from './cloud-places.js';
import type { RealMeaning } from './real-meaning.js';

const places = Object.values<CloudPlace>(cloudPlaces).flatMap(({ first, last, tag }) => {
  const range = rangeOf(`${first}-${last}`);
  return range && tag ? [{ range, tags: Object.values(tag) }] : [];
});

/** Why a rule is about an address of the lab, in words. */
export function standsFor(means: RealMeaning, text: string, address: string): string {
  const part = shareAt(means.shares, address);
  if (!part) return `${address} is in ${text}`;
  const { tag, share } = part;
  if (share === 1)
    return `${address} stands for an address of ${tag}, and ${text} has all of them (${means.list})`;
  return `${address} stands for an address of ${tag} that ${text} has, as ${percent(share)} of them (${means.list})`;
}

/** Why a rule that is about a part of a tag is not about an address of the lab; undefined: it is not about that tag. */
export function standsForOthers(means: RealMeaning, address: string): string | undefined {
  const part = shareAt(means.shares, address);
  if (!part || part.share === 1) return undefined;
  return `is about ${percent(part.share)} of ${part.tag} (${means.list}), and ${address} stands for another part of it`;
}

/** How much of a tag the rules that allow are about, where that is not all; in words of their own. */
export function openedOf(means: RealMeaning, address: string): string | undefined {
  const part = shareAt(means.together ?? {}, address);
  if (!part || part.share === 1) return undefined;
  return `${address} stands for addresses of ${part.tag}, of which rules about addresses open ${part.share === 0 ? 'none' : percent(part.share)} (${means.list})`;
}

function shareAt(shares: Readonly<Record<string, number>>, address: string) {
  const place = places.find(({ range }) => inRange(address, range));
  // The whole service's tag stands in for one of a region that the list lacks.
  const own = place?.tags ?? [];
  const tags = [...own, ...own.map((tag) => tag.split('.')[0] ?? '')];
  const tag = tags.find((one) => shares[one] !== undefined);
  return tag === undefined ? undefined : { tag, share: shares[tag] ?? 0 };
}

/** A share in words: never all and never nothing, where it is neither. */
export function percent(share: number): string {
  if (share < 0.0001) return 'less than 0.01 %';
  const digits = share < 0.01 || share > 0.99 ? 2 : 1;
  return `${Math.min(Number((share * 100).toFixed(digits)), 99.99)} %`;
}
