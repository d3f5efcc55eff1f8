import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults, ScenarioResults } from '../../model/verdict/results.js';
import { byAdministrator } from './administrators.js';
import { changeRequests, documentedRequests, type Failure } from './change-requests.js';
import { checkRequests } from './check-requests.js';
import { matrixOf } from './matrix.js';
import { changeOf } from './of-scenario.js';
import type { ChangeRequest } from './report.js';

/**
 * What to ask for, those of one administrator together: what a check found; in a run, what nobody
 * expected, or what a new site has to open where there is no such thing.
 */
export function requestsOf(results: RunResults, evidence: EvidenceOf): ChangeRequest[] {
  return byAdministrator(inOrder(results, evidence)).flatMap(({ requests }) => requests);
}

function inOrder(results: RunResults, evidence: EvidenceOf): ChangeRequest[] {
  const { check, scenarios, requirements } = results;
  if (check) {
    const events = scenarios.flatMap(({ id }) => evidence(id));
    return checkRequests(check.requests, scenarios.flatMap(changeOf), events);
  }
  const failures = scenarios.flatMap((one) => failuresOf(one, results, evidence));
  const requests = changeRequests(failures, requirements);
  return requests.length > 0 ? requests : documentedRequests(matrixOf(results, evidence), requirements);
}

/** In the catalogue only what nobody expected is somebody's to mend. */
function failuresOf(scenario: ScenarioResults, { sites }: RunResults, evidence: EvidenceOf): Failure[] {
  const site = scenario.site === undefined ? undefined : sites[scenario.site];
  if (!site) return [];
  const failed = scenario.phases
    .flatMap((phase) => phase.results)
    .filter(({ result, matched }) => result !== 'ok' && !matched);
  if (failed.length === 0) return [];
  const accounts = new Map(
    evidence(scenario.id).flatMap((event) =>
      event.kind === 'attempt' ? [[event.id, event.account] as const] : [],
    ),
  );
  return failed.map((result) => ({
    scenario: scenario.id,
    site,
    result,
    accounts: result.events.flatMap((id) => accounts.get(id) ?? []),
  }));
}
