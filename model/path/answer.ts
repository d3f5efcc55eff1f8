import type { ResultName } from '../evidence/vocabulary.js';
import { faultFor, misanswerFor } from '../policy/resolver.js';
import { canonical } from '../site/host-name.js';
import type { Resolver } from '../site/schema.js';
import type { Internet } from './public-host.js';

/** What a site's resolver says of a name. */
export interface Answer {
  /** From the asked name along its aliases. */
  chain: readonly string[];
  addresses: readonly string[];
  outcome: ResultName;
  rule?: string;
}

/** The site's own names first, then what its faults and zones make of the public ones. */
export function answerFor(
  resolver: Resolver,
  internal: ReadonlyMap<string, string>,
  internet: Internet,
  asked: string,
): Answer {
  const name = canonical(asked);
  const own = internal.get(name);
  const misanswer = own === undefined ? misanswerFor(resolver, name) : faultFor(resolver, name);
  if (own !== undefined && !misanswer) return { chain: [name], addresses: [own], outcome: 'ok' };
  if (!misanswer) return publicAnswer(internet, name);
  const { answer, rule, addresses } = misanswer;
  switch (answer) {
    case 'nxdomain':
      return { chain: [name], addresses: [], outcome: 'dns-nxdomain', rule };
    case 'timeout':
      return { chain: [name], addresses: [], outcome: 'dns-timeout', rule };
    case 'no-chain':
      // The alias is answered, its target is not: the client learns no address.
      return {
        chain: publicAnswer(internet, name).chain.slice(0, 2),
        addresses: [],
        outcome: 'dns-nxdomain',
        rule,
      };
    case 'wrong-address':
      return { chain: [name], addresses, outcome: 'dns-wrong-answer', rule };
  }
}

/** What the internet's resolvers answer. */
export function publicAnswer(internet: Internet, name: string): Answer {
  const host = internet.find(name);
  if (!host) return { chain: [name], addresses: [], outcome: 'dns-nxdomain' };
  return { chain: [name, ...host.chain], addresses: [host.address], outcome: 'ok' };
}
