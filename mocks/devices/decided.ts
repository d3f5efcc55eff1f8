import type { EventBody } from '../../model/evidence/event.js';
import type { StackName } from '../../model/evidence/vocabulary.js';
import type { Flow } from '../../model/policy/flow.js';

/** One attempt to connect, on its way through the devices. */
export interface Attempt {
  connection: string;
  flow: Flow;
  stack?: StackName;
}

/** Where devices write what they saw. */
export interface Emitter {
  emit(machine: string, event: EventBody): string;
}

type DecisionBody = Extract<EventBody, { kind: 'decision' }>;

/** Writes down what a device decided about an attempt. */
export function decided(
  context: Emitter,
  attempt: Attempt,
  decision: Pick<DecisionBody, 'device' | 'action' | 'rule' | 'explanation' | 'byName'>,
): void {
  const { machine, account, host, address, port } = attempt.flow;
  context.emit(decision.device, {
    kind: 'decision',
    connection: attempt.connection,
    ...decision,
    flow: { machine, account, host, address, port },
  });
}
