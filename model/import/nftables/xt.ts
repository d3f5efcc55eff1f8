import { targetsThatGoOn } from '../iptables/targets.js';
import type { Statement } from './ruleset.js';

/** Extensions of iptables, which nft names and of which it does not say what they ask. */

export function matchOfXt(name: string): Statement[] {
  return name === 'comment' ? [] : [{ kind: 'unclear', text: `xt match ${name}` }];
}

export function targetOfXt(name: string): Statement[] {
  if (targetsThatGoOn.has(name)) return [];
  if (name === 'MASQUERADE' || name === 'SNAT') return [{ kind: 'verdict', verdict: { kind: 'allow' } }];
  // By which answer, nobody can say: it is closed.
  if (name === 'REJECT') return [{ kind: 'verdict', verdict: { kind: 'reject' } }];
  const why = `xt target ${name}: what it does with a connection is not judged`;
  return [{ kind: 'verdict', verdict: { kind: 'unknown', why } }];
}
