import type { LabEvent } from '../../model/evidence/event.js';
import { type Phase, phases } from '../../model/evidence/vocabulary.js';
import { applyChanges } from '../../model/scenario/change.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import { type Step, stepInWords } from '../../model/scenario/step.js';
import { stepsOf } from '../../model/scenario/step-plan.js';
import { failureIn } from '../../model/verdict/judge.js';
import type { Engine } from '../engines/engine.js';

export interface PlayOptions {
  /** Lab clock at the start, milliseconds since 1970. */
  startAt: number;
  /** Which time the scenario is run, from 1, where it is repeated. */
  repetition?: number;
  signal?: AbortSignal;
  /** Every event as it happens. */
  record?(event: LabEvent): void;
  /** Every step before it begins. */
  onStep?(begun: StepBegun): void;
  /** Leaves the lab of a scenario that fails standing, as it was when it failed; told how to get in. */
  onKept?(scenario: Scenario, howToGetIn: readonly string[]): void;
}

/** `done` counts the steps before it, in all phases. */
export interface StepBegun {
  phase: Phase;
  step: Step;
  done: number;
  total: number;
}

/**
 * Runs a scenario's three phases in one lab: the site as it is, with the change, as it was. Returns
 * the evidence; what it means is for `judge`.
 */
export async function play(scenario: Scenario, engine: Engine, options: PlayOptions): Promise<LabEvent[]> {
  const events: LabEvent[] = [];
  const total = phases.flatMap((phase) => stepsOf(scenario, phase)).length;
  let done = 0;
  await using lab = await engine.open(scenario.site, {
    scenario: scenario.id,
    repetition: options.repetition,
    startAt: options.startAt,
    record: (event) => {
      events.push(event);
      options.record?.(event);
    },
  });
  for (const phase of phases) {
    lab.begin(phase, phase === 'change' ? describe(scenario) : undefined);
    if (phase === 'change') await lab.change(applyChanges(scenario.site, scenario.change));
    if (phase === 'restore') await lab.change(scenario.site);
    for (const step of stepsOf(scenario, phase)) {
      options.signal?.throwIfAborted();
      options.onStep?.({ phase, step, done: done++, total });
      await patiently(lab.perform(step), step);
    }
    if (!options.onKept || !failureIn(scenario, phase, events)) continue;
    options.onKept(scenario, (await lab.keep?.()) ?? []);
    break;
  }
  return events;
}

/** Steps end on evidence, in seconds. One that has not by then waits for what will never come, milliseconds. */
const patienceMs = 180_000;

/** @throws Error with the step's words where it does not end */
async function patiently(performed: Promise<void>, step: Step): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const impatient = new Promise<never>((_, reject) => {
    const words = `"${stepInWords(step)}" did not end in ${patienceMs / 1000} s`;
    timer = setTimeout(() => reject(new Error(words)), patienceMs);
  });
  try {
    await Promise.race([performed, impatient]);
  } finally {
    clearTimeout(timer);
  }
}

function describe(scenario: Scenario): string {
  return scenario.change.map((change) => change.describe).join('; ');
}
