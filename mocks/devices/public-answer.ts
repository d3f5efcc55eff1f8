import type { ResultName } from '../../model/evidence/vocabulary.js';
import type { CloudHost } from '../zone.js';

/** What a resolver says about a name. */
export interface Answer {
  chain: string[];
  addresses: string[];
  outcome: ResultName;
  rule?: string;
}

/** What the internet's resolvers answer. */
export function publicAnswer(zone: readonly CloudHost[], name: string): Answer {
  const host = zone.find((entry) => entry.name === name);
  if (!host) return { chain: [name], addresses: [], outcome: 'dns-nxdomain' };
  return { chain: [name, ...host.chain], addresses: [host.address], outcome: 'ok' };
}
