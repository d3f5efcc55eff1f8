import { catalogue } from '../requirements/catalogue.js';
import type { Requirement } from '../requirements/requirement.js';
import type { RequirementResults, ScenarioResults } from './results.js';

/**
 * The verdict per requirement of a run over the catalogue: it holds where at least one scenario that
 * proves it passed and none failed. One that passes only sometimes proves nothing, and neither does one
 * whose lab failed.
 */
export function coverage(scenarios: readonly ScenarioResults[]): RequirementResults[] {
  return catalogue.map((requirement) => {
    const proofs = scenarios.filter(
      (scenario) => scenario.proves.includes(requirement.id) && scenario.outcome !== 'skipped',
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
