import { requirement } from '../requirements/catalogue.js';
import { nearest } from '../requirements/nearest.js';
import { wildcard } from '../site/match/wildcard.js';
import { type LoadedScenario, UnknownScenarioError } from './load.js';

export interface Selection {
  /** Parts of ids, or ids with `*`: `hosts/`, `tls/*`, `ports/outbound-80`. None: all. */
  patterns?: readonly string[];
  /** Only scenarios that prove this requirement. */
  requirement?: string;
}

/**
 * The scenarios that are meant: at least one.
 * @throws UnknownScenarioError for a pattern that fits none, for a requirement that none proves, and
 * where none does both; UnknownRequirementError for an unknown id
 */
export function selectScenarios(all: readonly LoadedScenario[], selection: Selection): LoadedScenario[] {
  const { patterns = [] } = selection;
  const wanted = selection.requirement === undefined ? undefined : requirement(selection.requirement).id;
  const ids = all.map(({ scenario }) => scenario.id);
  const fits = patterns.map((pattern) => idsFitting(ids, pattern, 'scenario'));
  const named = all.filter(
    ({ scenario }) => patterns.length === 0 || fits.some((set) => set.has(scenario.id)),
  );
  if (wanted === undefined) return named;
  const proves = ({ scenario }: LoadedScenario) => scenario.proves.includes(wanted);
  const found = named.filter(proves);
  if (found.length === 0) throw new UnknownScenarioError(noProof(wanted, patterns, all.filter(proves)));
  return found;
}

/** Why nothing is meant, and what would be. */
function noProof(wanted: string, patterns: readonly string[], proofs: readonly LoadedScenario[]): string {
  if (proofs.length === 0)
    return `no scenario proves ${wanted} (connector-lab list --requirements shows what is proved)`;
  const ids = proofs.slice(0, mostNamed).map(({ scenario }) => scenario.id);
  const more = proofs.length > ids.length ? ` and ${proofs.length - ids.length} more` : '';
  const quoted = patterns.map((pattern) => `"${pattern}"`).join(' or ');
  return `no scenario that fits ${quoted} proves ${wanted}; those that do: ${ids.join(', ')}${more}`;
}

/** More names than this help nobody. */
const mostNamed = 3;

/**
 * The ids that a pattern means: at least one.
 * @param what what the ids are of, for the message
 * @throws UnknownScenarioError
 */
export function idsFitting(ids: readonly string[], pattern: string, what: string): Set<string> {
  const wanted = pattern.toLowerCase();
  const fits = pattern.includes('*') ? wildcard.matcher(wanted) : (id: string) => id.includes(wanted);
  // An id that itself holds a `*` (a row of the endpoint table) is meant literally first.
  const exact = ids.filter((id) => id === pattern);
  const found = exact.length > 0 ? exact : ids.filter((id) => fits(id.toLowerCase()));
  if (found.length > 0) return new Set(found);
  const areas = [...new Set(ids.map((id) => id.replace(/\/.*/, '/')))];
  const near = nearest(pattern, [...ids, ...areas]);
  const hint = near ? `did you mean ${near}?` : `they begin with ${areas.join(', ')}`;
  throw new UnknownScenarioError(`no ${what} fits "${pattern}"; ${hint} (connector-lab list shows all)`);
}
