import type { NameKind } from './match-kind.js';
import { escaped, lintName } from './name-words.js';

/**
 * Every name that ends with the text, also in the middle of a label: lists of regular expressions, and
 * some firewalls, compare so.
 */
export const endsWith: NameKind = {
  by: 'name',
  isMeant: () => false,
  refuses: (destination) =>
    destination.includes('*')
      ? `no name ends with "${destination}"; did you mean "${destination.replace(/^.*\*/, '')}"?`
      : undefined,
  explain: ({ text }) => `the name ends with ${text}`,
  lint({ text }) {
    const remarks = lintName(text);
    if (remarks.length > 0 || text.startsWith('.')) return remarks;
    const message = `"${text}" takes every name that ends so, evil${text} too, which anybody may register`;
    return [{ kind: 'no-label-boundary', message, suggestion: `*.${text}` }];
  },
  matcher: (pattern) => (name) => name.endsWith(pattern),
  // From the beginning: some programs compare whole names, whatever an expression says.
  regex: (pattern) => `^.*${escaped(pattern)}$`,
  samples: (pattern) => [
    ...(pattern.startsWith('.') ? [] : [pattern, `y.${pattern}`]),
    `x${pattern}`,
    `x.y${pattern}`,
  ],
  // evilx.test is not below x.test.
  domain: () => undefined,
  texts: (pattern) => [pattern],
};
