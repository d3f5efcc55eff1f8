import type { RequirementResults } from '../../model/verdict/results.js';

/** More ids than this nobody reads on a terminal. */
const most = 6;

/** Requirements by their ids, as demands; those that no page states are told as such. */
export function sourcesOf(ids: readonly string[], requirements: readonly RequirementResults[]): string {
  const known = new Map(requirements.map((one) => [one.id, one]));
  const told = ids.map((id) => (known.get(id)?.hidden ? `${id} (not on the requirements page)` : id));
  const rest = told.length - most;
  return `${told.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The page that what is broken stands on, by title, day and address. */
export function pageOf(requirements: readonly RequirementResults[]): string[] {
  const broken = requirements.filter(({ verdict }) => verdict === 'broken');
  const [first] = (broken.length > 0 ? broken : requirements).flatMap(({ page }) => page ?? []);
  return first ? [`Requirements: "${first.title}" of ${first.date}`, first.address] : [];
}
