import type { DocumentedHost } from '../../model/requirements/documented-host.js';
import { applyChanges } from '../../model/scenario/change.js';
import { withoutRow } from '../../model/scenario/changes/index.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import { documentedSite } from '../../model/site/documented.js';
import { type AblatedLife, rowName } from '../../model/verdict/ablation.js';
import { resultsOf } from '../../model/verdict/results-of.js';
import type { Engine } from '../engines/engine.js';
import { lifeOf } from './check.js';
import { type PlayOptions, play } from './play.js';

/** A first life in the documented site, from the installation on, with rows of the page's table closed. */
export async function ablatedLife(
  rows: readonly DocumentedHost[],
  engine: Engine,
  options: Pick<PlayOptions, 'startAt' | 'signal'>,
): Promise<AblatedLife> {
  const closed = applyChanges(documentedSite(), rows.map(withoutRow));
  const scenario: Scenario = {
    id: 'ablate',
    title: `A first life without ${rows.map(rowName).join(' and ')}`,
    proves: [],
    site: closed,
    change: [],
    expect: [],
    script: { control: lifeOf(closed), change: [], restore: [] },
  };
  const events = await play(scenario, engine, options);
  return { rows, found: resultsOf(events.filter(({ phase }) => phase === 'control')) };
}

/** Every pair of rows, each once. */
export function pairsOf<Row>(rows: readonly Row[]): [Row, Row][] {
  return rows.flatMap((row, at) => rows.slice(at + 1).map((other): [Row, Row] => [row, other]));
}
