import { type Operation, operations, type Phase } from '../evidence/vocabulary.js';
import type { Expectation } from './expectation.js';
import type { Scenario } from './scenario.js';
import type { Step } from './step.js';

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
  return scenario.site.servers
    .flatMap((server, index) =>
      operationsOf(expectations, server.name, index === 0, phase).map(
        (operation): Step => ({ do: 'operate', server: server.name, operation }),
      ),
    )
    .flatMap((step) => withVisit(step, scenario, expectations))
    .concat(looksOf(expectations));
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
    if (expectation.kind === 'result' && isThis(expectation.server)) wanted.add(expectation.operation);
    if (expectation.kind === 'visit') wanted.add('deliver');
    if (expectation.kind === 'access') wanted.add('tunnel');
    if (expectation.kind === 'portal' && expectation.connector === server) wanted.add('bootstrap');
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

/** A delivery begins with a user who visits; the connector's part of it is looked at afterwards. */
function withVisit(step: Step, scenario: Scenario, expectations: readonly Expectation[]): Step[] {
  if (step.do !== 'operate' || step.operation !== 'deliver') return [step];
  const visits = expectations.filter((expectation) => expectation.kind === 'visit');
  const first = scenario.site.applications[0];
  const steps: Step[] = visits.map(({ url, user }) => ({ do: 'visit', url, ...(user && { user }) }));
  if (steps.length === 0 && first) steps.push({ do: 'visit', url: first.external });
  return [...steps, step];
}

function looksOf(expectations: readonly Expectation[]): Step[] {
  const looks = expectations.flatMap((expectation): Step[] => {
    if (expectation.kind === 'portal') return [{ do: 'view-portal', connector: expectation.connector }];
    if (expectation.kind === 'administration') {
      const { what, user } = expectation;
      return [{ do: 'administer', what, ...(user && { user }) }];
    }
    if (expectation.kind === 'access') {
      const { kind: _, result: __, ...target } = expectation;
      return [{ do: 'access', ...target }];
    }
    if (expectation.kind === 'reach') {
      const { from, account, host, port } = expectation;
      return [{ do: 'reach', from, account, host, port }];
    }
    if (expectation.kind === 'knock')
      return [{ do: 'knock', server: expectation.server, port: expectation.port }];
    return [];
  });
  const seen = new Set<string>();
  return looks.filter((step) => {
    const key = JSON.stringify(step);
    return !seen.has(key) && seen.add(key);
  });
}
