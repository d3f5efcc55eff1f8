import type { NameKind } from './match-kind.js';
import { escaped, lintName } from './name-words.js';

/** What a star stands for in samples: nothing, and names that differ at both ends and in depth. */
const fillings = ['', 'x', 'y', 'x.y'];
/** So many stars have all fillings apart; more of them the same together. */
const mostApart = 2;

/** `g*-sb.x`, `*x`: a star anywhere stands for any characters, dots too, as cloud firewalls have it. */
export const wildcard: NameKind = {
  by: 'name',
  isMeant: (destination) => destination.replace(/^\*(?=\.|$)/, '').includes('*'),
  explain: ({ text }) => `the name is like ${text}`,
  lint({ text }) {
    if (text.includes('/')) return lintName(text);
    const [, end] = /^\*([^*.][^*]*)$/.exec(text) ?? [];
    if (end === undefined) return [];
    const message = `"${text}" takes every name that ends so, evil${end} too, which anybody may register`;
    return [{ kind: 'no-label-boundary', message, suggestion: `*.${end}` }];
  },
  matcher(pattern) {
    // By hand: a regular expression of many stars can take for ever to say no.
    const [begin = '', ...middle] = pattern.split(/\*+/);
    const end = middle.pop();
    if (end === undefined) return (name) => name === pattern;
    return (name) => {
      let at = begin.length;
      for (const part of middle) {
        const found = name.indexOf(part, at);
        if (found < 0) return false;
        at = found + part.length;
      }
      return name.startsWith(begin) && name.endsWith(end) && at <= name.length - end.length;
    };
  },
  regex: (pattern) => `^${pattern.split(/\*+/).map(escaped).join('.*')}$`,
  samples(pattern) {
    const parts = pattern.split(/\*+/);
    const stars = parts.length - 1;
    const filled = (fill: (star: number) => string) =>
      parts.map((part, index) => (index < stars ? `${part}${fill(index)}` : part)).join('');
    const all =
      stars === mostApart
        ? fillings.flatMap((first) =>
            fillings.map((second) => filled((star) => (star === 0 ? first : second))),
          )
        : fillings.map((filling) => filled(() => filling));
    // Where a star stands beside a dot, nothing in its place makes no name.
    const names = all.filter((name) => name.split('.').every((label) => label !== ''));
    return names.length > 0 ? names : all;
  },
  texts: (pattern) => pattern.split(/\*+/),
  domain(pattern) {
    const end = pattern.slice(pattern.lastIndexOf('*') + 1);
    // The label in which the star stands is not known whole.
    const dot = end.indexOf('.');
    return dot < 0 ? undefined : end.slice(dot + 1);
  },
};
