import type { Remark } from './match-kind.js';

/** What can be wrong with every pattern of names. */
export function lintName(pattern: string): Remark[] {
  if (pattern.includes('/')) {
    const [host = ''] = pattern.split('/');
    const message = `"${pattern}" is a path, not a host: the rule can never match`;
    return [{ kind: 'path-as-host', message, suggestion: host }];
  }
  if (pattern.replace(/^\*\./, '').includes('*')) {
    const message = `"*" may only be the first label of "${pattern}": the rule can never match`;
    const [, end] = /^\*([^*.][^*]*)$/.exec(pattern) ?? [];
    // Whatever else a star inside may stand for, a wider rule is not what was written.
    return [{ kind: 'inner-wildcard', message, ...(end && { suggestion: `*.${end}` }) }];
  }
  return [];
}

/** A text that stands for itself in a regular expression of names. */
export function escaped(text: string): string {
  return text.replace(/[.*]/g, '\\$&');
}

/** The pattern without the star before its first dot; undefined where it has none. */
export function belowStar(pattern: string): string | undefined {
  return pattern.startsWith('*.') ? pattern.slice(2) : undefined;
}
