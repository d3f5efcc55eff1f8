import { isVerdict, verdictOf } from './read-verdict.js';
import type { Element } from './ruleset.js';
import { type Token, Tokens } from './tokens.js';

/** What stands in braces: keys, with a verdict each in a map. A key of no parts is one that is not understood. */
export function elementsOf(tokens: readonly Token[]): Element[] {
  const elements: Element[] = [];
  const words = new Tokens(tokens.filter(({ text, isQuoted }) => text !== '\n' || isQuoted));
  let own: Token[] = [];
  const finish = () => {
    if (own.length > 0) elements.push(elementOf(own));
    own = [];
  };
  for (let token = words.token; token; token = words.token) {
    if (token.text === '{' && !token.isQuoted) elements.push(...elementsOf(words.group()));
    else {
      words.next();
      if (token.text === ',' && !token.isQuoted) finish();
      else own.push(token);
    }
  }
  finish();
  return elements;
}

function elementOf(tokens: readonly Token[]): Element {
  const colon = tokens.findIndex(({ text, isQuoted }) => text === ':' && !isQuoted);
  const left = colon === -1 ? tokens : tokens.slice(0, colon);
  const key = [left[0]?.text ?? ''];
  let at = 1;
  for (; left[at]?.text === '.' && left[at + 1]; at += 2) key.push(left[at + 1]?.text ?? '');
  const behind = left.slice(at).map(({ text }) => text);
  // Counters and comments of an element mean nothing; that it ends, and limits, do.
  const isKnown = behind.length === 0 || behind[0] === 'counter' || behind[0] === 'comment';
  const isDoubted = !isKnown || behind.some((one) => ['limit', 'quota', 'timeout', 'expires'].includes(one));
  const verdict = colon === -1 ? undefined : tokens.slice(colon + 1);
  const known = verdict && isVerdict(verdict[0]?.text ?? '') ? verdictOf(new Tokens(verdict)) : undefined;
  if (isDoubted || (verdict && !known)) return { key: [] };
  return { key, ...(known && { verdict: known }) };
}
