import { editionFor, publicEditions } from '../../model/requirements/editions/index.js';
import type { Site } from '../../model/site/schema.js';
import type { RunResults } from '../../model/verdict/results.js';

/** What an earlier page said of a requirement that is broken by the one by which a site was judged. */
export interface OlderEdition {
  /** Date of the earlier page. */
  date: string;
  id: string;
  /** What it asked for; absent: it has no such row. */
  statement?: string;
}

/** For each requirement that is broken, the earlier pages that did not ask for it, or asked for something else. */
export function olderEditionsFor(
  site: Site,
  { requirements }: Pick<RunResults, 'requirements'>,
): OlderEdition[] {
  const judging = editionFor(site);
  const asked = new Map(judging.requirements.map(({ id, statement }) => [id, statement]));
  const older = publicEditions.filter(
    ({ page }) => site.cloud.environment === 'public' && page.date < judging.page.date,
  );
  return requirements
    .filter(({ id, verdict, hidden }) => verdict === 'broken' && !hidden && asked.has(id))
    .flatMap(({ id }) =>
      older.flatMap(({ page: { date }, requirements: rows }): OlderEdition[] => {
        const before = rows.find((row) => row.id === id)?.statement;
        if (before === asked.get(id)) return [];
        return [{ date, id, ...(before !== undefined && { statement: before }) }];
      }),
    );
}

export function olderEditionsInWords(found: readonly OlderEdition[]): string[] {
  if (found.length === 0) return [];
  return [
    'Earlier pages asked for less of what is broken here:',
    ...found.map(({ date, id, statement }) =>
      statement === undefined ? `  ${date} has no ${id}` : `  ${date} has ${id}: ${statement}`,
    ),
    '',
  ];
}
