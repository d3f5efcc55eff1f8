import { catalogue } from '../requirements/catalogue.js';
import type { RequirementResults, ScenarioResults } from './results.js';

/**
 * The verdict per requirement of a run over the catalogue: it holds where at least one scenario that
 * proves it passed and none failed. One that passes only sometimes proves nothing.
 */
export function coverage(scenarios: readonly ScenarioResults[]): RequirementResults[] {
  return catalogue.map((requirement) => {
    const proofs = scenarios.filter(
      (scenario) => scenario.proves.includes(requirement.id) && scenario.outcome !== 'skipped',
    );
    const broken = proofs.some((scenario) => scenario.outcome === 'failed');
    const proved = proofs.length > 0 && proofs.every((scenario) => scenario.outcome === 'passed');
    const { id, statement, section, strength, hidden, interpreted } = requirement;
    return {
      id,
      statement,
      section,
      strength,
      hidden,
      ...(interpreted && { interpreted }),
      verdict: broken ? 'broken' : proved ? 'holds' : 'unproven',
      provedBy: proofs.map((scenario) => scenario.id),
    };
  });
}
