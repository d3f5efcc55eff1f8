import { refusal } from '../../../../mocks/devices/refusal.js';
import type { Device } from '../../../../model/evidence/vocabulary.js';
import { explain, type Policy } from '../../../../model/policy/decide.js';
import { flowOf, type Known } from '../connection-tracking.js';
import type { Finding } from './containers-device.js';

/** A rule of a firewall's list has decided, or its default. */
export function policyFinding(
  device: Device,
  policy: Policy,
  { rule: position, log }: { rule: number | 'default'; log: string },
  known: Known,
): Finding {
  const flow = flowOf(known);
  const { action, rule, explanation } = explain(policy, position === 'default' ? undefined : position, flow);
  const decision = { device, action, rule, explanation, log };
  if (action === 'allow') return { decision };
  const { result, message } = refusal(action, flow, known.event.connection);
  return { decision, end: { result, words: message } };
}
