import type { HostEntry } from '../../site/host-entry.js';
import { entryOf, ofRegex } from './host-patterns.js';
import { type Branch, branchesOf } from './regex-pieces.js';

/** Which hosts an expression takes, as far as our kinds of match can say. */
export interface Expression {
  /** It takes all of these. */
  hosts: HostEntry[];
  /** Beside those it takes some of these, and nobody knows which; none of all others. */
  perhaps: HostEntry[] | 'any';
}

/** What a regular expression of host names takes, and what it may take. */
export function expressionOf(pattern: string, ignoresCase: boolean): Expression {
  const known = ofRegex(pattern, ignoresCase);
  if (known !== undefined) return { hosts: [known], perhaps: [] };
  const branches = branchesOf(pattern, ignoresCase);
  if (!branches) return { hosts: [], perhaps: 'any' };
  const possible = branches.filter((one) => one.every(({ kind }) => kind !== 'never'));
  const hosts = entries(possible.flatMap((one) => insideOf(one) ?? []));
  const perhaps = entries(possible.filter((one) => !isExact(one)).map(aroundOf));
  return { hosts, perhaps: perhaps.includes('any') ? 'any' : perhaps };
}

/** Several expressions, one or the other. */
export function anyOf(all: readonly Expression[]): Expression {
  const perhaps = all.map((one) => one.perhaps);
  return {
    hosts: all.flatMap(({ hosts }) => hosts),
    perhaps: perhaps.some((one) => one === 'any')
      ? 'any'
      : perhaps.flatMap((one) => (one === 'any' ? [] : one)),
  };
}

/** A text with stars that takes only names that a branch takes; undefined: there is none. */
function insideOf(branch: Branch): string | undefined {
  if (branch.some((piece, at) => piece.kind === 'unknown' || isAnchorInside(branch, at))) return undefined;
  if (branch.some(({ kind }, at) => kind === 'some' && !isLabelBefore(branch, at))) return undefined;
  // Any one character is a dot, too, which is what most mean who write it.
  return starred(branch, '.');
}

/** A text with stars that takes all names that a branch takes. */
function aroundOf(branch: Branch): string {
  return starred(branch, '*');
}

function isExact(branch: Branch): boolean {
  return insideOf(branch) !== undefined && branch.every(({ kind }) => kind !== 'one');
}

function isAnchorInside(branch: Branch, at: number): boolean {
  const kind = branch[at]?.kind;
  return (kind === 'begin' && at > 0) || (kind === 'end' && at < branch.length - 1);
}

/** Something at the beginning, before a dot: before that no name has nothing. */
function isLabelBefore(branch: Branch, at: number): boolean {
  const isFirst = at === 0 || (at === 1 && branch[0]?.kind === 'begin');
  const next = branch[at + 1];
  return isFirst && (next?.kind === 'one' || (next?.kind === 'text' && next.text === '.'));
}

function starred(branch: Branch, one: '.' | '*'): string {
  const texts = branch.map((piece) => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'one') return one;
    return piece.kind === 'begin' || piece.kind === 'end' ? '' : '*';
  });
  const [first, last] = [branch[0]?.kind, branch.at(-1)?.kind];
  return `${first === 'begin' ? '' : '*'}${texts.join('')}${last === 'end' ? '' : '*'}`.replaceAll(
    /\*{2,}/g,
    '*',
  );
}

/** Each once; names have no dots beside each other, and none at either end. */
function entries(texts: readonly string[]): HostEntry[] {
  return [...new Set(texts)].filter(isPossible).map(asEntry);
}

function isPossible(text: string): boolean {
  return text !== '' && !/^\.|\.\.|\.$/.test(text);
}

function asEntry(text: string): HostEntry {
  if (text === '*') return 'any';
  const [, below, end] = /^\*(?:(\.[^*]+)|([^*]+))$/.exec(text) ?? [];
  if (below !== undefined) return entryOf(text, 'suffix');
  if (end !== undefined) return entryOf(end, 'ends-with');
  return entryOf(text, text.includes('*') ? 'wildcard' : 'exact');
}
