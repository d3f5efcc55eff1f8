import { type Page, pages } from '../../model/evidence/vocabulary.js';

/** Headers by which the lab's cloud tells the lab's own clients what the real service does not say. */

/**
 * How long an answer takes, milliseconds of lab time: it stands still while the client waits, so that
 * the client decides at once whether it would have waited.
 */
export const takesHeader = 'x-lab-takes-ms';
/** A connector brings a request for an application: by it the service knows what it sent out itself. */
export const broughtByHeader = 'x-lab-brought-by';
const cameBackHeader = 'x-lab-came-back';
/** Of an answer to a request that goes round. */
export const cameBack: Readonly<Record<string, string>> = { [cameBackHeader]: 'yes' };
const pageHeader = 'x-lab-page';

/** The header of an answer with which a user's browser shows this page. */
export function shows(page: Page): Record<string, string> {
  return { [pageHeader]: page };
}

/** Whether an answer says that the request came back to where it had come from. */
export function hasComeBack(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return headers[cameBackHeader] !== undefined;
}

/** The page that an answer says it is; undefined where it says nothing, or what is no page. */
export function shownBy(headers: Readonly<Record<string, string | string[] | undefined>>): Page | undefined {
  return pages.find((page) => page === headers[pageHeader]);
}
