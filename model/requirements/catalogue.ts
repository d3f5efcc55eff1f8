import { type AnyRequirement, editionFor, editionOf, type Judged, publicEditions } from './editions/index.js';
import { nearest } from './nearest.js';
import type { Requirement } from './requirement.js';

/** Date of the edition of the requirements page that counts. */
export const edition = editionOf('public').page.date;

/** The id of a requirement; that of a host's row by its form, which the catalogue checks when it is used. */
export type RequirementId = AnyRequirement['id'];

/** Every requirement of the page that counts, those of the government's page, then what is hidden from both. */
export const catalogue: readonly Requirement<RequirementId>[] = both(editionOf('public').requirements);

/** As {@link catalogue}, of the edition by which a site is judged. */
export function catalogueFor({ edition: date }: Pick<Judged, 'edition'>): readonly Requirement[] {
  if (date === undefined || date === edition) return catalogue;
  return both(editionFor({ cloud: { environment: 'public' }, edition: date }).requirements);
}

function both<Id extends string>(ofPublic: readonly Requirement<Id>[]): Requirement<Id | RequirementId>[] {
  const rows = [...ofPublic, ...editionOf('us-government').requirements];
  return [...rows.filter(({ hidden }) => !hidden), ...rows.filter(({ hidden }) => hidden)];
}

/** What only later pages ask for is known too: it is proved in sites that are judged by them. */
const byId = new Map<string, Requirement>(
  [...publicEditions.flatMap(({ requirements }) => requirements), ...catalogue].map((row) => [row.id, row]),
);

/** No requirement has this id; the message gives the nearest. */
export class UnknownRequirementError extends Error {
  override readonly name = 'UnknownRequirementError';
}

export function isRequirement(id: string): id is RequirementId {
  return byId.has(id);
}

/** @throws UnknownRequirementError */
export function requirement(id: string): Requirement {
  const found = byId.get(id);
  if (found) return found;
  const near = nearest(id, [...byId.keys()]);
  throw new UnknownRequirementError(
    `no requirement is called "${id}"; ${near ? `did you mean ${near}?` : 'connector-lab list --requirements shows all'}`,
  );
}
