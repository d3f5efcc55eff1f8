import type { NameKind } from './match-kind.js';
import { belowStar, escaped, lintName } from './name-words.js';

/** `*.x`: everything below x at any depth, not x itself; without the star, x as well. */
export const suffix: NameKind = {
  by: 'name',
  isMeant: (destination) => destination.startsWith('*.'),
  refuses: (destination) =>
    destination.startsWith('.')
      ? `"suffix" is written "*${destination}"; with a dot alone it is a domain: leave match out`
      : undefined,
  explain: ({ text }) => `the name is below ${text}`,
  lint: ({ text }) => lintName(text),
  matcher(pattern) {
    const below = belowStar(pattern);
    const end = `.${below ?? pattern}`;
    return (name) => name.endsWith(end) || (below === undefined && name === pattern);
  },
  regex(pattern) {
    const below = belowStar(pattern);
    return below === undefined ? `^(.+\\.)?${escaped(pattern)}$` : `^.+\\.${escaped(below)}$`;
  },
  samples(pattern) {
    const below = belowStar(pattern);
    const deeper = ['x', 'y', 'x.y'].map((labels) => `${labels}.${below ?? pattern}`);
    return below === undefined ? [pattern, ...deeper] : deeper;
  },
  domain: (pattern) => belowStar(pattern) ?? pattern,
};
