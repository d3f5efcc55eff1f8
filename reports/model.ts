import type { LabEvent } from '../harness/evidence/event.js';
import type { Site } from '../harness/site/schema.js';
import type { RequirementResults, RunResults, ScenarioResults } from '../harness/verdict/results.js';
import { anchorsFor } from './anchors.js';
import { type Decisive, decisivesOf } from './decisive.js';
import { type PathRow, pathRowsOf } from './path-rows.js';
import { type Timeline, timelineOf } from './timeline.js';

/** What the pages show, worked out from results and evidence. Rendering adds nothing to it. */
export interface ReportModel {
  results: RunResults;
  /** True for the results of `check`: one customer's site, not the catalogue of scenarios. */
  isCheck: boolean;
  scenarios: ScenarioModel[];
  /** Requirement id → its place in the page. */
  requirementAnchors: ReadonlyMap<string, string>;
  /** Scenario id → its place in the page. */
  scenarioAnchors: ReadonlyMap<string, string>;
}

export interface ScenarioModel {
  scenario: ScenarioResults;
  anchor: string;
  requirements: RequirementResults[];
  site?: Site;
  /** The operations of the change phase, those that failed first. */
  rows: PathRow[];
  /** Operations beyond those in `rows`. */
  rowsLeftOut: number;
  /** What decided the failed ones. */
  decisives: Decisive[];
  timeline: Timeline;
}

/** More rows than this make the picture unreadable. */
const mostRows = 14;

/** Pure: the same results and events give the same model. */
export function buildModel(results: RunResults, events: readonly LabEvent[]): ReportModel {
  const byScenario = groupByScenario(events);
  const requirements = new Map(results.requirements.map((one) => [one.id, one]));
  const ids = results.scenarios.map(({ id }) => id);
  const scenarioAnchors = anchorsFor('s', ids);
  return {
    results,
    isCheck: ids.length === 1 && ids[0] === 'check',
    scenarioAnchors,
    requirementAnchors: anchorsFor('r', [...requirements.keys()]),
    scenarios: results.scenarios.map((scenario): ScenarioModel => {
      const own = byScenario.get(scenario.id) ?? [];
      const change = scenario.phases.find(({ phase }) => phase === 'change')?.results ?? [];
      const site = scenario.site === undefined ? undefined : results.sites[scenario.site];
      const rows = pathRowsOf(change, own);
      return {
        scenario,
        anchor: scenarioAnchors.get(scenario.id) ?? '',
        requirements: scenario.proves.flatMap((id) => requirements.get(id) ?? []),
        ...(site && { site }),
        rows: rows.slice(0, mostRows),
        rowsLeftOut: Math.max(0, rows.length - mostRows),
        decisives: decisivesOf(
          rows.map(({ result }) => result),
          own,
        ),
        timeline: timelineOf(own),
      };
    }),
  };
}

function groupByScenario(events: readonly LabEvent[]): Map<string, LabEvent[]> {
  const groups = new Map<string, LabEvent[]>();
  for (const event of events) {
    const group = groups.get(event.scenario);
    if (group) group.push(event);
    else groups.set(event.scenario, [event]);
  }
  return groups;
}
