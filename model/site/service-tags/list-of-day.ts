import type { PublishedList } from './published-list.js';

/** The newest list that is not after a day; without a day the newest of all, without dates the last one named. */
export function listOfDay(lists: readonly PublishedList[], day?: string): PublishedList | undefined {
  const known = lists
    .filter(({ date = '' }) => day === undefined || (date !== '' && date <= day))
    .toSorted((one, other) => (one.date ?? '').localeCompare(other.date ?? ''));
  return known.at(-1);
}
