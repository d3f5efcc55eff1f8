import { distance } from 'fastest-levenshtein';
import type { DocumentedHost } from '../requirements/documented-host.js';
import { canonical } from '../site/host-name.js';
import type { MatchName } from '../site/match/index.js';
import type { Remark } from '../site/match/match-kind.js';

/** A slip of the hand: one letter of eight, and two at most. */
const mostSlips = 2;
const lettersForASlip = 8;

/** That a destination is nearly a row of the requirements page, and what is between; undefined: it is not, or is one. */
export function nearRow(text: string, match: MatchName, rows: readonly DocumentedHost[]): Remark | undefined {
  if (
    match === 'any' ||
    match === 'address' ||
    match === 'service-tag' ||
    match === 'ends-with' ||
    match === 'wildcard'
  )
    return undefined;
  const core = coreOf(text);
  const same = rows.find(({ rule }) => coreOf(rule) === core);
  if (same) return otherKind(text, match, same);
  const isRelated = (row: DocumentedHost) =>
    (row.match === 'suffix' && core.endsWith(`.${coreOf(row.rule)}`)) ||
    coreOf(row.rule).endsWith(`.${core}`);
  if (rows.some(isRelated)) return undefined;
  const above = rows.find(({ rule }) => core.slice(core.indexOf('.') + 1) === coreOf(rule));
  if (above)
    return {
      kind: 'near-row',
      message: `"${text}" is not ${above.rule}, the host that the page names`,
      suggestion: above.rule,
    };
  const slip = rows.find(({ rule }) => isSlip(core, coreOf(rule)));
  return slip && otherLetters(text, match, slip);
}

/** The domain or host that is meant is right; how it is compared is not. */
function otherKind(text: string, match: MatchName, row: DocumentedHost): Remark | undefined {
  const core = coreOf(row.rule);
  if (row.match === 'exact') {
    if (match === 'exact' || match === 'domain' || !text.startsWith('*.')) return undefined;
    const message = `"${text}" is about names below ${core}, never about ${core} itself, which the page names`;
    return { kind: 'near-row', message, suggestion: core };
  }
  if (match === 'one-label' && text.startsWith('*.'))
    return {
      kind: 'near-row',
      message: `"${text}" is one label deep; the page's row ${row.rule} is about names at any depth below ${core}`,
    };
  if (match !== 'exact') return undefined;
  return {
    kind: 'near-row',
    message: `"${text}" is that name alone; the page's row is ${row.rule}, every name below it`,
  };
}

/** What opens more than what is written is told, and not proposed. */
function otherLetters(text: string, match: MatchName, { rule, match: ofRow }: DocumentedHost): Remark {
  const isWider = ofRow === 'suffix' && match === 'exact';
  return {
    kind: 'near-row',
    message: `"${text}" is on no row of the page; the nearest is ${rule}`,
    ...(!isWider && { suggestion: rule }),
  };
}

function isSlip(written: string, meant: string): boolean {
  if (Math.abs(written.length - meant.length) > mostSlips) return false;
  return distance(written, meant) <= Math.min(mostSlips, Math.floor(written.length / lettersForASlip));
}

function coreOf(text: string): string {
  return canonical(text).replace(/^(\*?\.|\*)/, '');
}
