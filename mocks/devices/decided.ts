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
  const flow = { machine, account, host, address, port };
  const event: DecisionBody = { kind: 'decision', connection: attempt.connection, ...decision, flow };
  context.emit(deciderOf(event), event);
}

/** The machine that decided: the device, or the server to which somebody connected. */
export function deciderOf({ device, flow }: Pick<DecisionBody, 'device' | 'flow'>): string {
  return device === 'server' ? flow.host : device;
}
