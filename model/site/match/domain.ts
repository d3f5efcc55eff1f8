import type { NameKind } from './match-kind.js';
import { lintName } from './name-words.js';
import { suffix } from './suffix.js';

/** `.x`, as squid writes it: x and everything below it at any depth; without the dot the same. */
export const domain: NameKind = {
  by: 'name',
  isMeant: (destination) => destination.startsWith('.'),
  refuses: (destination) =>
    destination.includes('*')
      ? `a domain has no "*"; did you mean "${destination.replace(/^[*.]*/, '.')}"?`
      : undefined,
  explain: ({ text }) => `the name is ${inner(text)} or below it`,
  lint: ({ text }) => lintName(text),
  matcher: (pattern) => suffix.matcher(inner(pattern)),
  regex: (pattern) => suffix.regex(inner(pattern)),
  samples: (pattern) => suffix.samples(inner(pattern)),
  domain: inner,
};

function inner(pattern: string): string {
  return pattern.replace(/^\./, '');
}
