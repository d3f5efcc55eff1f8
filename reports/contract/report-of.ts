import type { LabEvent } from '../../model/evidence/event.js';
import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults, ScenarioResults } from '../../model/verdict/results.js';
import { standingsOf } from '../../model/verdict/unexpected.js';
import { closingSentence } from './closing.js';
import { drawingOf } from './connections.js';
import { decisivesOf } from './decisive.js';
import { documentedName } from './documented-name.js';
import { matrixOf } from './matrix.js';
import { measurementsOf } from './measurements.js';
import { changeOf, environmentOf } from './of-scenario.js';
import { pack } from './pack.js';
import type { Broke, PackedReport, Report, ScenarioDetail, ScenarioLine } from './report.js';
import { requestsOf } from './requests-of.js';
import { rulesToLookAt } from './rules-to-look-at.js';
import { timelineOf, type Which } from './timeline.js';

/** So much the packed details may take, for the whole file to stay below 10 MB. Characters. */
const detailsBudget = 7_500_000;
/** What fails differently more often than this is in the scenario's page only. */
const mostBroke = 8;

/**
 * Pure: the same results and evidence give the same report.
 * @param budget what packed details may take together, in characters
 */
export function reportOf(results: RunResults, evidence: EvidenceOf, budget = detailsBudget): PackedReport {
  const { schema, scenarios, requirements, sites, ...run } = results;
  const isCheck = results.check !== undefined;
  const site = isCheck ? sites[scenarios[0]?.site ?? '']?.site : undefined;
  const { details, omittedEvents } = packedDetails(results, evidence, budget, isCheck);
  const report: Report = {
    isCheck,
    ...(site !== undefined && { site }),
    closing: closingSentence({ ...results, missing: undefined }),
    deviates: [...standingsOf(results).values()].includes('unexpected'),
    run,
    requirements,
    scenarios: scenarios.map((scenario) => lineOf(scenario, environmentOf(scenario, results))),
    matrix: matrixOf(results, evidence),
    measurements: scenarios.flatMap(({ id }) => measurementsOf(id, evidence(id))),
    requests: requestsOf(results, evidence),
    rules: rulesToLookAt(results),
    omittedEvents,
  };
  return { report, details };
}

/** The details of every scenario, with all events as far as the budget goes; what failed comes first. */
function packedDetails(
  results: RunResults,
  evidence: EvidenceOf,
  budget: number,
  isCheck: boolean,
): { details: string[]; omittedEvents: number } {
  const { scenarios } = results;
  const share = budget / scenarios.length;
  const details: string[] = [];
  let spare = budget;
  let omittedEvents = 0;
  const order = [...scenarios.keys()].sort((a, b) => rank(scenarios[a]) - rank(scenarios[b]));
  for (const [done, position] of order.entries()) {
    const scenario = scenarios[position];
    if (!scenario) continue;
    const own = evidence(scenario.id);
    // What those before left over may be used, but never what those after will need.
    const allowed = spare - share * 0.4 * (scenarios.length - done - 1);
    let packed = '';
    for (const which of ['all', 'telling', 'cited'] as const) {
      const detail = detailOf(scenario, results, own, which, isCheck);
      packed = pack(detail);
      if (packed.length > allowed && which !== 'cited') continue;
      omittedEvents += detail.omitted;
      break;
    }
    spare -= packed.length;
    details[position] = packed;
  }
  return { details, omittedEvents };
}

function rank(scenario: ScenarioResults | undefined): number {
  return scenario === undefined || scenario.outcome === 'passed' ? 1 : 0;
}

/** All that the page of one scenario shows. */
function detailOf(
  scenario: ScenarioResults,
  { sites }: RunResults,
  events: readonly LabEvent[],
  which: Which,
  isCheck: boolean,
): ScenarioDetail {
  const site = scenario.site === undefined ? undefined : sites[scenario.site];
  const change = changeOf(scenario);
  const inChange = scenario.phases.filter(({ phase }) => phase === 'change');
  const cited = new Set(
    scenario.phases.flatMap(({ results, observations }) =>
      [...results, ...observations].flatMap((one) => one.events),
    ),
  );
  const timeline = timelineOf(events, cited, which);
  const worst = isCheck ? change : change.filter(({ result }) => result !== 'ok');
  return {
    ...(scenario.measured && { measured: scenario.measured }),
    phases: scenario.phases,
    // The control of a check is another site.
    ...(site && { drawing: drawingOf(site, isCheck ? inChange : scenario.phases, events) }),
    decisives: decisivesOf(worst, events),
    startedAt: events[0]?.at ?? 0,
    timeline,
    omitted: events.length - timeline.length,
    captures: events.flatMap((event) =>
      event.kind === 'capture' ? [{ machine: event.machine, file: event.file, holds: event.holds }] : [],
    ),
  };
}

function lineOf(scenario: ScenarioResults, environment: 'public' | 'us-government'): ScenarioLine {
  const { id, title, proves, outcome, reason, durationMs, repetitions, shown, expectedFailure } = scenario;
  const change = scenario.phases.find(({ phase }) => phase === 'change')?.change;
  const broke = new Map<string, Broke>();
  for (const { operation, result, host, port, device, rule } of changeOf(scenario)) {
    if (result === 'ok') continue;
    const name =
      host === undefined || port === undefined ? host : documentedName(host, port, environment).host;
    const one: Broke = { operation, result, host: name, port, device, rule };
    broke.set(JSON.stringify(one), one);
  }
  return {
    ...{ id, title, proves, outcome, reason, durationMs, repetitions, shown, expectedFailure, change },
    broke: [...broke.values()].slice(0, mostBroke),
  };
}
