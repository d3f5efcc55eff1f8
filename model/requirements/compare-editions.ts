import type { Edition } from './editions/edition.js';
import type { Requirement } from './requirement.js';

/** What somebody who satisfied one edition has to know of another. */
export interface EditionChanges {
  /** Rows that only the older one has. */
  gone: Requirement[];
  /** Rows that only the newer one has. */
  added: Requirement[];
  /** Rows that both have, and that ask for something else. */
  changed: { before: Requirement; after: Requirement }[];
}

/** Differences of two editions, in the order of their rows; what no page says is left out. */
export function compareEditions(older: Edition, newer: Edition): EditionChanges {
  const [before, after] = [older, newer].map(
    ({ requirements }) =>
      new Map(
        requirements.filter(({ hidden }) => !hidden).map((row): [string, Requirement] => [row.id, row]),
      ),
  ) as [Map<string, Requirement>, Map<string, Requirement>];
  const only = (own: Map<string, Requirement>, other: Map<string, Requirement>) =>
    [...own.values()].filter(({ id }) => !other.has(id));
  return {
    gone: only(before, after),
    added: only(after, before),
    changed: [...before.values()].flatMap((row) => {
      const now = after.get(row.id);
      const isSame = !now || (now.statement === row.statement && now.strength === row.strength);
      return isSame ? [] : [{ before: row, after: now }];
    }),
  };
}
