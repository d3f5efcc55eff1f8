import { labLists } from '../service-tags/cloud-places.js';
import { standsFor } from '../service-tags/share-words.js';
import { type LabMeaning, tagByName } from '../service-tags/tag-by-name.js';
import { isServiceTag, nearestTag } from '../service-tags/tag-names.js';
import type { AddressKind, Destination } from './match-kind.js';

/** The ranges that a service tag has, or had on a day. */
export const serviceTag: AddressKind = {
  by: 'address',
  isMeant: isServiceTag,
  explain: ({ text, asOf, means }, address) =>
    means
      ? standsFor(means, text, address)
      : `${address} is in the ranges of ${text}${asOf ? ` as of ${asOf}` : ''}`,
  lint({ text, asOf, means }) {
    if (means) return [];
    if (!isServiceTag(text)) {
      const suggestion = nearestTag(text);
      const message = `no service tag is called "${text}": the rule can never match`;
      return [{ kind: 'unknown-service-tag', message, ...(suggestion && { suggestion }) }];
    }
    if (asOf === undefined || asOf >= labLists.newest) return [];
    const message =
      asOf < labLists.oldest
        ? `no list of ${asOf} is at hand: what ${text} was then is not judged`
        : `the ranges of ${text} are of ${asOf}; they change every week, the newest are of ${labLists.newest}`;
    return [
      { kind: 'old-service-tag', message, ...(asOf >= labLists.oldest && { suggestion: labLists.newest }) },
    ];
  },
  ranges: (destination) => meaningOf(destination).ranges,
  unknown: (destination) => meaningOf(destination).unknown,
};

function meaningOf({ text, asOf, means }: Destination): LabMeaning {
  if (means) return means;
  return isServiceTag(text) ? tagByName(text, asOf) : { ranges: [], unknown: [] };
}
