import { type Operation, operations, type Phase } from '../evidence/vocabulary.js';
import { type Expectation, isLook, type Look, lookOf } from './expectation.js';
import type { Scenario } from './scenario.js';
import { type Step, steps } from './step.js';

/** What must have happened before an operation makes sense. */
const prerequisites: Record<Operation, readonly Operation[]> = {
  install: [],
  'sign-in': ['install'],
  register: ['sign-in'],
  bootstrap: ['register'],
  listen: ['bootstrap'],
  deliver: ['listen'],
  renew: ['bootstrap'],
  update: ['register'],
  // Only the certificates of hosts that were seen can be checked.
  'revocation-check': ['deliver'],
  tunnel: ['listen'],
};

/**
 * The steps of one phase: those the scenario scripts, else the operations and looks that its
 * expectations mention, in the order of a connector's life. The control phase also runs all that
 * comes before them. Later phases keep what is stored (certificate, registration) but not open
 * connections, so that whatever needs a listening connector listens anew.
 */
export function stepsOf(scenario: Scenario, phase: Phase): readonly Step[] {
  const scripted = scenario.script?.[phase];
  if (scripted) return scripted;
  const own = phase === 'control' ? scenario.control : phase === 'restore' ? scenario.restore : undefined;
  const expectations = [...scenario.expect, ...(own ?? [])];
  const looks = expectations.filter(isLook);
  return scenario.site.servers
    .flatMap((server, index) =>
      steps.operate(server.name, ...operationsOf(expectations, server.name, index === 0, phase)),
    )
    .flatMap((step) => withLooks(step, scenario, looks))
    .concat(looksAfterwards(looks));
}

function operationsOf(
  expectations: readonly Expectation[],
  server: string,
  first: boolean,
  phase: Phase,
): Operation[] {
  const wanted = new Set<Operation>();
  const isThis = (name: string | undefined) => name === server || (name === undefined && first);
  for (const expectation of expectations) {
    const operation = isLook(expectation)
      ? lookOf(expectation).operation?.(expectation, server)
      : isThis(expectation.server)
        ? expectation.operation
        : undefined;
    if (operation) wanted.add(operation);
  }
  if (phase === 'control') for (const operation of wanted) addPrerequisites(operation, wanted);
  else if (wanted.has('deliver')) wanted.add('listen');
  return operations.filter((operation) => wanted.has(operation));
}

function addPrerequisites(operation: Operation, wanted: Set<Operation>): void {
  for (const before of prerequisites[operation]) {
    wanted.add(before);
    addPrerequisites(before, wanted);
  }
}

/** Looks that come before an operation; a delivery begins with a user's visit, expected or not. */
function withLooks(step: Step, scenario: Scenario, looks: readonly Look[]): Step[] {
  if (step.do !== 'operate') return [step];
  const before = looks
    .filter((look) => lookOf(look).before === step.operation)
    .flatMap((look) => lookOf(look).step?.(look) ?? []);
  const first = scenario.site.applications[0];
  if (step.operation === 'deliver' && before.length === 0 && first) before.push(steps.visit(first.external));
  return [...before, step];
}

/** All others come after the operations, each once. */
function looksAfterwards(looks: readonly Look[]): Step[] {
  const afterwards = looks
    .filter((look) => lookOf(look).before === undefined)
    .flatMap((look) => lookOf(look).step?.(look) ?? []);
  const seen = new Set<string>();
  return afterwards.filter((step) => {
    const key = JSON.stringify(step);
    return !seen.has(key) && seen.add(key);
  });
}
