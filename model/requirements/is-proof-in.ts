import { catalogueFor } from './catalogue.js';
import type { PublicDate } from './editions/dates.js';
import type { Requirement } from './requirement.js';

const said = new Map<PublicDate | undefined, ReadonlyMap<string, string>>();

/**
 * Whether what is shown in a site shows a row of some edition: the edition by which the site is judged asks
 * for the same, in the same words. A server that is too old for the page of 2026 shows nothing of that of 2023.
 */
export function isProofIn(
  { id, statement }: Pick<Requirement, 'id' | 'statement'>,
  site: { edition?: PublicDate | undefined } = {},
): boolean {
  const { edition } = site;
  const rows =
    said.get(edition) ?? new Map(catalogueFor({ edition }).map((row) => [row.id, row.statement] as const));
  said.set(edition, rows);
  return rows.get(id) === statement;
}
