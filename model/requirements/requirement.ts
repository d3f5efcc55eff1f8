import type { InSite } from './in-site.js';
import type { Sign } from './sign.js';

/** One documented requirement, in our own words. */
export interface Requirement<Id extends string = string> {
  id: Id;
  statement: string;
  /** Where the page says it: heading and, below it, the sub-heading. */
  section: string;
  strength: 'must' | 'should' | 'info';
  /** The page that says it; absent: none does. */
  page?: Page;
  /** What is seen when it is not met; for a requirement that can only hold, what holds. */
  brokenLooksLike: string;
  /** True for what the page does not say, though connectors need it. */
  hidden: boolean;
  /** True for what can be shown to hold, but not be taken away. */
  holdsOnly?: boolean;
  /** Why our reading goes further than the text. */
  interpreted?: string;
  /** By what a failed result shows that it breaks this one, beside the place it was about. */
  signs: readonly Sign[];
  /** How the check of a site judges it. */
  inSite: InSite;
}

/** A page of Microsoft's documentation, as it was on a day. */
export interface Page {
  title: string;
  address: string;
  /** ISO date of the edition. */
  date: string;
}

type Row<Id extends string> = readonly [
  id: Id,
  statement: string,
  brokenLooksLike: string,
  more?: Partial<Omit<Requirement, 'id'>>,
];

/** Makes the rows of a page: those of one area share a section; `more` says what is different about one. */
export function rowsOf(page: Page | undefined) {
  return <Id extends string>(section: string, rows: readonly Row<Id>[]): Requirement<Id>[] =>
    rows.map(([id, statement, brokenLooksLike, more]) => ({
      id,
      statement,
      section,
      strength: 'must',
      ...(page && { page }),
      brokenLooksLike,
      hidden: false,
      signs: [],
      inSite: { by: 'stops' },
      ...more,
    }));
}
