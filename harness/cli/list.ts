import { catalogueFor } from '../../model/requirements/catalogue.js';
import type { PublicDate } from '../../model/requirements/editions/dates.js';
import { isProofIn } from '../../model/requirements/is-proof-in.js';
import type { Requirement } from '../../model/requirements/requirement.js';
import { idsFitting } from '../../model/scenario/select.js';
import { loadCatalogue } from './catalogue.js';
import { exitCodes } from './exit-codes.js';

/** `connector-lab list`. */
export async function list(
  patterns: readonly string[],
  flags: { requirements?: true; edition?: PublicDate; json?: true },
): Promise<number> {
  const { scenarios: loaded, end } = await loadCatalogue();
  const all = loaded.map(({ scenario }) => scenario);
  const proofs = (row: Requirement) =>
    all.filter(({ proves, site }) => proves.includes(row.id) && isProofIn(row, site)).map((one) => one.id);
  const chosen = (ids: readonly string[], what: string) => {
    const fits = patterns.map((pattern) => idsFitting(ids, pattern, what));
    return (id: string) => patterns.length === 0 || fits.some((set) => set.has(id));
  };
  const requirements = () => {
    const catalogue = catalogueFor(flags);
    const isChosen = chosen(
      catalogue.map(({ id }) => id),
      'requirement',
    );
    return catalogue
      .filter(({ id }) => isChosen(id))
      .map((requirement) => ({ ...requirement, provedBy: proofs(requirement) }));
  };
  const scenarios = () => {
    const isChosen = chosen(
      all.map(({ id }) => id),
      'scenario',
    );
    return all.filter(({ id }) => isChosen(id)).map(({ id, title, proves }) => ({ id, title, proves }));
  };
  if (flags.json)
    process.stdout.write(`${JSON.stringify((flags.requirements ? requirements : scenarios)(), null, 2)}\n`);
  else if (flags.requirements)
    for (const { id, statement, provedBy } of requirements())
      process.stdout.write(
        `${id}\n    ${statement}\n${(provedBy.length > 0 ? provedBy : ['not proved yet']).map((one) => `    · ${one}\n`).join('')}`,
      );
  else for (const { id, title } of scenarios()) process.stdout.write(`${id}\n    ${title}\n`);
  return end(exitCodes.ok);
}
