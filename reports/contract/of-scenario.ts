import type { Environment } from '../../model/requirements/documented-host.js';
import type { Result, RunResults, ScenarioResults } from '../../model/verdict/results.js';

/** What of a run is of one scenario. */

export function changeOf({ phases }: Pick<ScenarioResults, 'phases'>): Result[] {
  return phases.find(({ phase }) => phase === 'change')?.results ?? [];
}

export function environmentOf({ site }: ScenarioResults, { sites }: RunResults): Environment {
  return (site === undefined ? undefined : sites[site])?.cloud.environment ?? 'public';
}
