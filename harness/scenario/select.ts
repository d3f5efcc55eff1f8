import { requirement } from '../requirements/catalogue.js';
import { nearest } from '../requirements/nearest.js';
import { type LoadedScenario, UnknownScenarioError } from './load.js';

export interface Selection {
  /** Parts of ids, or ids with `*`: `hosts/`, `tls/*`, `ports/outbound-80`. None: all. */
  patterns?: readonly string[];
  /** Only scenarios that prove this requirement. */
  requirement?: string;
  /** Only these ids, such as those that failed last time. */
  ids?: readonly string[];
}

/**
 * The scenarios that are meant.
 * @throws UnknownScenarioError for a pattern that fits none, UnknownRequirementError for an unknown id
 */
export function selectScenarios(all: readonly LoadedScenario[], selection: Selection): LoadedScenario[] {
  const { patterns = [], ids } = selection;
  const wanted = selection.requirement === undefined ? undefined : requirement(selection.requirement).id;
  const fits = patterns.map((pattern) => fitting(all, pattern));
  return all.filter(
    ({ scenario }) =>
      (patterns.length === 0 || fits.some((set) => set.has(scenario.id))) &&
      (wanted === undefined || scenario.proves.includes(wanted)) &&
      (ids === undefined || ids.includes(scenario.id)),
  );
}

function fitting(all: readonly LoadedScenario[], pattern: string): Set<string> {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(pattern.includes('*') ? `^${escaped.replaceAll('*', '.*')}$` : escaped, 'i');
  const ids = all.map(({ scenario }) => scenario.id);
  // An id that itself holds a `*` (a row of the endpoint table) is meant literally first.
  const exact = ids.filter((id) => id === pattern);
  const found = exact.length > 0 ? exact : ids.filter((id) => expression.test(id));
  if (found.length > 0) return new Set(found);
  const near = nearest(pattern, ids);
  throw new UnknownScenarioError(
    `no scenario fits "${pattern}"${near ? `; did you mean ${near}?` : ''} (connector-lab list shows all)`,
  );
}
