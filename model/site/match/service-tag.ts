import { nearest } from '../../requirements/nearest.js';
import {
  isServiceTag,
  newestServiceTags,
  serviceTagRanges,
  serviceTags,
} from '../../requirements/service-tags.js';
import type { AddressKind } from './match-kind.js';

/** The ranges that a service tag had on a day. */
export const serviceTag: AddressKind = {
  by: 'address',
  isMeant: isServiceTag,
  explain: ({ text, asOf }, address) =>
    `${address} is in the ranges of ${text}${asOf ? ` as of ${asOf}` : ''}`,
  lint({ text, asOf }) {
    if (!isServiceTag(text)) {
      const suggestion = nearest(text, serviceTags);
      const message = `no service tag is called "${text}": the rule can never match`;
      return [{ kind: 'unknown-service-tag', message, ...(suggestion && { suggestion }) }];
    }
    if (asOf === undefined || asOf >= newestServiceTags) return [];
    const message = `the ranges of ${text} are of ${asOf}; they change every week, the newest are of ${newestServiceTags}`;
    return [{ kind: 'old-service-tag', message, suggestion: newestServiceTags }];
  },
  ranges: ({ text, asOf }) => serviceTagRanges(text, asOf),
};
