import { rangeOf } from '../address-range.js';
import { notAddress } from '../address-words.js';
import { unknownIn, unknownInside, withoutLab } from '../service-tags/real-range.js';
import { standsFor } from '../service-tags/share-words.js';
import type { AddressKind } from './match-kind.js';

/** An address, CIDR or range. */
export const address: AddressKind = {
  by: 'address',
  isMeant: (destination) => rangeOf(destination) !== undefined,
  refuses: notAddress,
  explain: ({ text, means }, address) =>
    means ? standsFor(means, text, address) : `${address} is in ${text}`,
  lint: ({ text }) =>
    rangeOf(text)
      ? []
      : [
          {
            kind: 'not-an-address',
            message: `"${text}" is no address, CIDR or range: the rule can never match`,
          },
        ],
  ranges: ({ text, means }) => [...withoutLab(text), ...(means?.ranges ?? [])],
  unknown: ({ text, means }) => (means ? [...means.unknown, ...unknownInside(text)] : unknownIn(text)),
};
