import type { Verdict } from '../flatten-chains.js';
import type { Tokens } from './tokens.js';

const plain: Readonly<Record<string, Verdict>> = {
  accept: { kind: 'allow' },
  drop: { kind: 'deny' },
  return: { kind: 'return' },
  continue: { kind: 'go-on' },
  // The source is another, and the connection goes its way.
  masquerade: { kind: 'allow' },
  snat: { kind: 'allow' },
};
/** They lead a connection elsewhere, of which this file says nothing. */
const elsewhere = new Set(['dnat', 'redirect', 'tproxy', 'queue', 'fwd', 'synproxy']);

/** Whether a word begins a statement that ends a rule. */
export function isVerdict(word: string): boolean {
  return Object.hasOwn(plain, word) || elsewhere.has(word) || ['jump', 'goto', 'reject'].includes(word);
}

/** Takes a verdict, of which the first word is next, and all that belongs to it. */
export function verdictOf(tokens: Tokens): Verdict {
  const word = tokens.next();
  if (word === 'jump' || word === 'goto') return { kind: word, chain: tokens.next() };
  if (word === 'reject') return { kind: tokens.take('with', 'tcp', 'reset') ? 'reset' : 'reject' };
  return verdictNamed(word);
}

/** By the word alone. */
export function verdictNamed(word: string): Verdict {
  return (
    (Object.hasOwn(plain, word) ? plain[word] : undefined) ?? {
      kind: 'unknown',
      why: `${word}: a connection that it takes goes elsewhere, which is not judged`,
    }
  );
}
