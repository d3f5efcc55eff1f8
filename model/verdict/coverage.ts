import { catalogueFor } from '../requirements/catalogue.js';
import { publicDates } from '../requirements/editions/dates.js';
import { isProofIn } from '../requirements/is-proof-in.js';
import type { Requirement } from '../requirements/requirement.js';
import type { Site } from '../site/schema.js';
import type { RequirementResults, ScenarioResults } from './results.js';

/** Whose requirements are counted: those of an edition, and by which one each site was judged. */
export interface CountedBy {
  /** A date; one that is not known counts as the edition that does by default. */
  edition: string;
  /** Sites by the scenarios' keys; of a scenario without one that is judged by that default edition. */
  sites: ReadonlyMap<string, Site>;
}

/**
 * The verdict per requirement of a run over the catalogue: it holds where at least one scenario that
 * proves it passed and none failed. One that passes only sometimes proves nothing, and neither does one
 * whose lab failed.
 */
export function coverage(
  scenarios: readonly ScenarioResults[],
  { edition, sites }: CountedBy,
): RequirementResults[] {
  const siteOf = ({ site }: ScenarioResults) => (site === undefined ? undefined : sites.get(site));
  return catalogueFor({ edition: publicDates.find((date) => date === edition) }).map((requirement) => {
    const proofs = scenarios.filter(
      (scenario) =>
        scenario.proves.includes(requirement.id) &&
        scenario.outcome !== 'skipped' &&
        isProofIn(requirement, siteOf(scenario)),
    );
    const broken = proofs.some(({ outcome, labFailed }) => outcome === 'failed' && !labFailed);
    const proved = proofs.length > 0 && proofs.every((scenario) => scenario.outcome === 'passed');
    return verdictOn(
      requirement,
      broken ? 'broken' : proved ? 'holds' : 'unproven',
      proofs.map((scenario) => scenario.id),
    );
  });
}

/** The verdict on a requirement, beside what the catalogue says of it. */
export function verdictOn(
  { id, statement, section, page, strength, hidden, interpreted }: Requirement,
  verdict: RequirementResults['verdict'],
  provedBy: string[],
): RequirementResults {
  return {
    ...{ id, statement, section, strength, hidden },
    ...(page && { page }),
    ...(interpreted && { interpreted }),
    verdict,
    provedBy,
  };
}
