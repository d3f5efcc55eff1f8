import { type Page, pages } from '../../model/evidence/vocabulary.js';

/** Headers by which the lab's cloud tells the lab's own clients what the real service does not say. */

/**
 * How long an answer takes, milliseconds of lab time: it stands still while the client waits, so that
 * the client decides at once whether it would have waited.
 */
export const takesHeader = 'x-lab-takes-ms';
const pageHeader = 'x-lab-page';

/** The header of an answer with which a user's browser shows this page. */
export function shows(page: Page): Record<string, string> {
  return { [pageHeader]: page };
}

/** The page that an answer says it is; undefined where it says nothing, or what is no page. */
export function shownBy(headers: Readonly<Record<string, string | string[] | undefined>>): Page | undefined {
  return pages.find((page) => page === headers[pageHeader]);
}
