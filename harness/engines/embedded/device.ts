import type { Socket } from 'node:net';
import type { Clock } from '../../../mocks/network.js';
import type { EventBody } from '../../evidence/event.js';
import type { StackName } from '../../evidence/vocabulary.js';
import type { Flow } from '../../policy/flow.js';
import type { Fabric } from './fabric.js';

/** One attempt to connect, on its way through the devices. */
export interface Attempt {
  connection: string;
  flow: Flow;
  stack?: StackName;
}

/**
 * A device on the path. It passes an attempt on with `next`, refuses it by throwing a NetworkError,
 * or stands in the middle of the connection.
 */
export type Device = (attempt: Attempt, next: () => Promise<Socket>) => Promise<Socket>;

/** What devices need of the lab. */
export interface DeviceContext {
  fabric: Fabric;
  clock: Clock;
  emit(machine: string, event: EventBody): string;
}

type DecisionBody = Extract<EventBody, { kind: 'decision' }>;

/** Writes down what a device decided about an attempt. */
export function decided(
  context: DeviceContext,
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

/** Runs an attempt through devices in path order; `arrive` is what happens behind the last one. */
export function through(
  devices: readonly Device[],
  attempt: Attempt,
  arrive: () => Promise<Socket>,
): Promise<Socket> {
  const step = (index: number): Promise<Socket> => {
    const device = devices[index];
    return device ? device(attempt, () => step(index + 1)) : arrive();
  };
  return step(0);
}
