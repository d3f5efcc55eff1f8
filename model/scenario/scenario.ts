import type { Measured } from '../evidence/measured.js';
import type { RequirementId } from '../requirements/catalogue.js';
import type { Site } from '../site/schema.js';
import type { Change } from './change.js';
import type { Expectation } from './expectation.js';
import type { Step } from './step.js';

/** What a scenario file exports: one proof, or a list of proofs of the same shape. */
export interface ScenarioSpec {
  /** One sentence: what is taken away and what happens then. */
  title: string;
  /** Ids of the catalogue. */
  proves: RequirementId | readonly RequirementId[];
  site: Site;
  /** Exactly what differs from the control. */
  change: Change | readonly Change[];
  /** What the change phase must show. Anything else that fails there fails the scenario. */
  expect: readonly Expectation[];
  /** What control and restore must show beyond "everything works". */
  control?: readonly Expectation[];
  restore?: readonly Expectation[];
  /** Steps in place of those that follow from the expectations, per phase. */
  script?: Partial<Record<'control' | 'change' | 'restore', readonly Step[]>>;
  /** What was measured outside the lab of what it shows; the report plots it. */
  measured?: Measured;
  /** For lists: what distinguishes this one, appended to the file's id after `#`. */
  row?: string;
}

/** A scenario as the runner sees it: `id` is `<area>/<name>`, with `#<row>` for generated ones. */
export interface Scenario extends Omit<ScenarioSpec, 'proves' | 'change' | 'row'> {
  id: string;
  proves: readonly string[];
  change: readonly Change[];
}

/** Declares a scenario. The runner does control, change and restore by itself. */
export function scenario(spec: ScenarioSpec): ScenarioSpec {
  return spec;
}

/** Several scenarios of one shape, one per row of data. */
export function scenarios<const Row>(
  rows: readonly Row[],
  make: (row: Row) => ScenarioSpec & { row: string },
): ScenarioSpec[] {
  return rows.map(make);
}

export function toScenario(fileId: string, spec: ScenarioSpec): Scenario {
  const { row, proves, change, ...rest } = spec;
  return {
    ...rest,
    id: row === undefined ? fileId : `${fileId}#${row}`,
    proves: typeof proves === 'string' ? [proves] : proves,
    change: Array.isArray(change) ? change : [change as Change],
  };
}
