import { catalogue } from '../../model/requirements/catalogue.js';
import { loadScenarios } from '../../model/scenario/load.js';
import { selectScenarios } from '../../model/scenario/select.js';
import { catalogueFolder } from './catalogue-folder.js';
import { exitCodes } from './exit-codes.js';

/** `connector-lab list`. */
export async function list(
  patterns: readonly string[],
  flags: { requirements?: true; json?: true },
): Promise<number> {
  const scenarios = selectScenarios(await loadScenarios(catalogueFolder), { patterns }).map(
    ({ scenario }) => ({
      id: scenario.id,
      title: scenario.title,
      proves: scenario.proves,
    }),
  );
  const proofs = (id: string) => scenarios.filter(({ proves }) => proves.includes(id)).map((one) => one.id);
  const requirements = catalogue.map((requirement) => ({ ...requirement, provedBy: proofs(requirement.id) }));
  const listed = flags.requirements ? requirements : scenarios;
  if (flags.json) process.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
  else if (flags.requirements)
    for (const { id, statement, provedBy } of requirements)
      process.stdout.write(
        `${id}\n    ${statement}\n${(provedBy.length > 0 ? provedBy : ['not proved yet']).map((one) => `    · ${one}\n`).join('')}`,
      );
  else for (const { id, title } of scenarios) process.stdout.write(`${id}\n    ${title}\n`);
  return exitCodes.ok;
}
