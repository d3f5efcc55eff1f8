import type { NameKind } from './match-kind.js';
import { escaped, lintName } from './name-words.js';

/** One name. */
export const exact: NameKind = {
  by: 'name',
  isMeant: (destination) => !destination.startsWith('*.'),
  refuses: (destination) =>
    destination.startsWith('*.')
      ? `no host is called "${destination}"; did you mean "suffix" or "one-label"?`
      : undefined,
  explain: ({ text }) => `the name is ${text}`,
  lint({ text }) {
    const remarks = lintName(text);
    if (remarks.length > 0 || !text.startsWith('*.')) return remarks;
    const message = `"${text}" compared exactly is the name of no host: the rule can never match`;
    return [{ kind: 'exact-wildcard', message, suggestion: 'match: suffix' }];
  },
  matcher: (pattern) => (name) => name === pattern,
  regex: (pattern) => `^${escaped(pattern)}$`,
  samples: (pattern) => [pattern],
  domain: (pattern) => pattern,
};
