import { rowId } from '../documented-host.js';
import type { Page, Requirement } from '../requirement.js';
import type { Edition } from './edition.js';

/** What a later edition of a page says differently. */
interface Revision {
  page: Page;
  prerequisites?: Edition['prerequisites'];
  /** Hosts that its table no longer has. */
  withoutHosts?: readonly string[];
  /** Rows that say something else, by id. */
  said?: Readonly<
    Record<string, Partial<Pick<Requirement, 'statement' | 'brokenLooksLike' | 'interpreted'>>>
  >;
  /** Rows that it has for the first time. */
  added?: readonly Requirement[];
  /** What was needed before, and is on the page now. */
  noLongerHidden?: readonly string[];
}

/**
 * An edition as the one before it, and what it says differently: every row is of the later page then.
 * @throws Error where a host or an id is not in the one before
 */
export function revised(before: Edition, revision: Revision): Edition {
  const { page, withoutHosts = [], said = {}, added = [], noLongerHidden = [] } = revision;
  const hosts = before.hosts.filter(({ host }) => !withoutHosts.includes(host));
  const gone = new Set([
    ...before.hosts.filter((row) => withoutHosts.includes(row.host)).map((row): string => rowId(row)),
    ...noLongerHidden,
  ]);
  const known = new Set(before.requirements.map(({ id }) => id));
  const unknown = [...gone, ...Object.keys(said)].find((id) => !known.has(id));
  if (unknown !== undefined || gone.size < withoutHosts.length + noLongerHidden.length)
    throw new Error(`the edition of ${before.page.date} has no ${unknown ?? withoutHosts.join(', ')}`);
  const kept = before.requirements.filter(({ id }) => !gone.has(id));
  return {
    page,
    prerequisites: revision.prerequisites ?? before.prerequisites,
    hosts,
    requirements: [...kept.map((row) => ({ ...row, ...(row.page && { page }), ...said[row.id] })), ...added],
  };
}
