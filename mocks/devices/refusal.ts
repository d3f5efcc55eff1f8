import type { PolicyAction } from '../../model/policy/decide.js';
import type { Flow } from '../../model/policy/flow.js';
import { NetworkError } from '../network.js';

/** How long Windows sends SYNs before it gives up, milliseconds. */
export const synTimeoutMs = 21_000;
/** How long it asks a resolver again and again before it gives up, milliseconds. */
export const queryTimeoutMs = 15_000;

const seen = { drop: 'tcp-drop', reject: 'tcp-reject', reset: 'tcp-reset' } as const;
const words = {
  drop: 'no answer: the connection timed out',
  reject: 'the connection was refused',
  reset: 'the connection was reset',
} as const;

/** What a client sees of a firewall's decision against it. */
export function refusal(
  action: Exclude<PolicyAction, 'allow'>,
  { host, port }: Pick<Flow, 'host' | 'port'>,
  connection: string,
): NetworkError {
  const waitedMs = action === 'drop' ? synTimeoutMs : 0;
  return new NetworkError(seen[action], `${host}:${port}: ${words[action]}`, connection, { waitedMs });
}
