import { labLists } from '../service-tags/cloud-places.js';
import type { RealMeaning } from '../service-tags/real-meaning.js';
import { percent, standsFor } from '../service-tags/share-words.js';
import { type LabMeaning, tagByName } from '../service-tags/tag-by-name.js';
import { isServiceTag, nearestTag } from '../service-tags/tag-names.js';
import type { AddressKind, Destination, Remark } from './match-kind.js';

/** The ranges that a service tag has, or had on a day. */
export const serviceTag: AddressKind = {
  by: 'address',
  isMeant: isServiceTag,
  explain: ({ text, asOf, means }, address) =>
    means
      ? standsFor(means, text, address)
      : `${address} is in the ranges of ${text}${asOf ? ` as of ${asOf}` : ''}`,
  lint({ text, asOf, means }) {
    if (means) return asOf === undefined ? [] : lacking(text, means);
    if (!isServiceTag(text)) {
      const suggestion = nearestTag(text);
      const message = `no service tag is called "${text}": the rule can never match`;
      return [{ kind: 'unknown-service-tag', message, ...(suggestion && { suggestion }) }];
    }
    if (asOf === undefined || asOf === labLists.newest) return [];
    if (asOf >= labLists.oldest && asOf < labLists.newest) {
      const message = `the ranges of ${text} are of ${asOf}; they change every week, the newest are of ${labLists.newest}`;
      return [{ kind: 'old-service-tag', message, suggestion: labLists.newest }];
    }
    const taken = asOf < labLists.oldest ? 'is not judged' : `is taken as of ${labLists.newest}`;
    const message = `no list of ${asOf} is at hand, so that ${text} ${taken}; name its file in service-tags`;
    return [{ kind: 'old-service-tag', message }];
  },
  ranges: (destination) => meaningOf(destination).ranges,
  unknown: (destination) => meaningOf(destination).unknown,
};

function meaningOf({ text, asOf, means }: Destination): LabMeaning {
  if (means) return means;
  return isServiceTag(text) ? tagByName(text, asOf) : { ranges: [], unknown: [] };
}

/** What a list of an earlier day lacks of the addresses of today. */
function lacking(text: string, { shares, list }: RealMeaning): Remark[] {
  const parts = Object.entries(shares).filter(([, share]) => share < 1);
  if (parts.length === 0) return [];
  const words = parts.map(([tag, share]) => `${percent(1 - share)} of ${tag}`).join(', ');
  return [{ kind: 'old-service-tag', message: `${text} in ${list} lacks ${words}` }];
}
