import { exact } from './exact.js';
import type { NameKind } from './match-kind.js';
import { belowStar, escaped, lintName } from './name-words.js';

/** `*.x`: exactly one label before x; without the star, x alone. */
export const oneLabel: NameKind = {
  by: 'name',
  isMeant: () => false,
  explain: ({ text }) => `the name is one label below ${text}`,
  lint: ({ text }) => lintName(text),
  matcher(pattern) {
    const below = belowStar(pattern);
    if (below === undefined) return exact.matcher(pattern);
    return (name) => {
      const dot = name.indexOf('.');
      return dot > 0 && name.slice(dot + 1) === below;
    };
  },
  regex(pattern) {
    const below = belowStar(pattern);
    return below === undefined ? exact.regex(pattern) : `^[^.]+\\.${escaped(below)}$`;
  },
  samples(pattern) {
    const below = belowStar(pattern);
    return below === undefined ? [pattern] : [`x.${below}`, `y.${below}`];
  },
  domain: (pattern) => belowStar(pattern) ?? pattern,
};
