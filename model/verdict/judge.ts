import type { LabEvent } from '../evidence/event.js';
import { type Phase, phases } from '../evidence/vocabulary.js';
import { type Change, isExercised } from '../scenario/change.js';
import { type Expectation, isLook } from '../scenario/expectation.js';
import { whereAllWorks } from '../scenario/where-all-works.js';
import type { Site } from '../site/schema.js';
import { compareResults, inWords } from './compare.js';
import { observe } from './observe.js';
import type { Observation, ScenarioResults } from './results.js';
import { resultsOf } from './results-of.js';

/** What a scenario says will be seen: all of it that a verdict needs, and all of it data. */
export interface Claim {
  site: Pick<Site, 'servers'>;
  change: readonly Pick<Change, 'describe' | 'exercised'>[];
  expect: readonly Expectation[];
  control?: readonly Expectation[];
  restore?: readonly Expectation[];
}

type Judged = Pick<ScenarioResults, 'outcome' | 'reason' | 'phases'>;

/**
 * Whether a scenario proved what it says: a pure function of its events. It fails on anything
 * unexpected in any phase, on an expectation that was not met, and on a change that no traffic met.
 */
export function judge(scenario: Claim, events: readonly LabEvent[]): Judged {
  const judged = phases.map((phase) => judgePhase(scenario, phase, events));
  const reason = judged.find((phase) => phase.reason)?.reason ?? notExercised(scenario, events);
  return {
    outcome: reason ? 'failed' : 'passed',
    ...(reason && { reason }),
    phases: judged.map(({ reason: _, ...phase }) => phase),
  };
}

/** Why a phase that is over fails the scenario; undefined where it does not. */
export function failureIn(scenario: Claim, phase: Phase, events: readonly LabEvent[]): string | undefined {
  const { reason } = judgePhase(scenario, phase, events);
  return reason ?? (phase === 'change' ? notExercised(scenario, events) : undefined);
}

function notExercised(scenario: Claim, events: readonly LabEvent[]): string | undefined {
  const [change] = scenario.change.filter((one) => !isExercised(one, inPhase(events, 'change')));
  return change && `change: never exercised: no traffic met "${change.describe}"`;
}

function judgePhase(scenario: Claim, phase: Phase, all: readonly LabEvent[]) {
  const events = inPhase(all, phase);
  const expectations = expectationsOf(scenario, phase);
  const firstServer = scenario.site.servers[0]?.name ?? '';
  const { results, missing } = compareResults(resultsOf(events), expectations, firstServer);
  const observations = observe(events, expectations.filter(isLook));
  return {
    phase,
    ...(phase === 'change' && { change: scenario.change.map((change) => change.describe).join('; ') }),
    results,
    observations,
    reason: reasonOf(),
  };

  function reasonOf(): string | undefined {
    if (results.length + observations.length === 0) return `${phase}: nothing happened`;
    const wrong = results.find((result) => !result.matched);
    if (wrong) {
      const cause = wrong.device ? ` by ${wrong.device}${wrong.rule ? ` "${wrong.rule}"` : ''}` : '';
      const place = wrong.host ? ` at ${wrong.host}${wrong.port ? `:${wrong.port}` : ''}` : '';
      const detail = wrong.detail ? ` (${wrong.detail})` : '';
      return `${phase}: expected ${wrong.expected}, got ${wrong.operation} ${wrong.result}${place}${cause}${detail}`;
    }
    const [absent] = missing;
    if (absent) return `${phase}: expected ${inWords(absent)}, but no such result was seen`;
    const other = observations.find((observation) => !observation.matched);
    return other && differs(phase, other);
  }
}

function differs(phase: Phase, { subject, expected, observed, device, rule }: Observation): string {
  const cause = device ? ` by ${device}${rule ? ` "${rule}"` : ''}` : '';
  return `${phase}: ${subject}: expected ${expected}, saw ${observed}${cause}`;
}

function expectationsOf(scenario: Claim, phase: Phase): Expectation[] {
  if (phase === 'change') return [...scenario.expect];
  return whereAllWorks(scenario.expect, scenario[phase] ?? []);
}

function inPhase(events: readonly LabEvent[], phase: Phase): LabEvent[] {
  return events.filter((event) => event.phase === phase);
}
