import type { DocumentedHost } from '../requirements/documented-host.js';
import { placeOfRow } from '../site/documented-rows.js';
import { entryMatch, entryText, type HostEntry } from '../site/host-entry.js';
import type { Remark } from '../site/match/match-kind.js';
import type { Rule } from '../site/schema.js';
import type { Hint } from './hint.js';
import type { Finding } from './lint.js';
import { lintEntry } from './lint-entry.js';
import { nearRow } from './near-row.js';
import { ruleName } from './rule-name.js';

/** So many entries are told of a hint; the others are counted. */
const mostTold = 5;

export function closed(place: string, action: string): string {
  return `${place} is empty and the default is ${action}: nothing is let through; { allow: documented } opens what the page asks for`;
}

/** Rules that never decide, together for each rule that does so before them. */
export function behind(
  place: string,
  rules: readonly Rule[],
  numbers: readonly number[],
  findings: readonly Finding[],
): Hint[] {
  const live = livePlaces(rules, findings);
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const block = placeOfRow(rules[finding.index] as Rule);
    if (finding.before === undefined || (block !== undefined && live.has(block))) continue;
    const key = `${finding.kind} ${finding.before}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const before = first?.before ?? 0;
    const decider = `rule ${numbers[before]}, "${ruleName(rules[before] as Rule)}"`;
    const written = [...new Map(group.map((one) => [numbers[one.index], `"${one.rule}"`])).entries()];
    const which =
      written.length === 1 ? `rule ${written[0]?.[0]}` : `rules ${spans(written.map(([at]) => at ?? 0))}`;
    const verb = first?.kind === 'contradiction' ? 'is contradicted and can never match' : 'can never match';
    const verbs = written.length === 1 ? verb : verb.replace(/^is /, 'are ');
    const message = `${place}: ${which} (${told(written.map(([, name]) => name))}) ${verbs}: ${decider}, always decides first`;
    return { place, rule: first?.rule ?? '', message };
  });
}

/**
 * The rules of every `documented` of which some row can decide: that a rule before decides others is what
 * the author wants.
 */
function livePlaces(rules: readonly Rule[], findings: readonly Finding[]): Set<string> {
  const dead = new Set(findings.flatMap(({ index, before }) => (before === undefined ? [] : index)));
  return new Set(rules.flatMap((rule, at) => (dead.has(at) ? [] : (placeOfRow(rule) ?? []))));
}

/** `2 to 14`, `2, 4 to 6 and 9`. */
function spans(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  const words = parts.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return words.length > mostTold
    ? `${words.slice(0, mostTold).join(', ')} and others`
    : words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

export type About = Remark & Pick<Hint, 'rule'>;

/** Remarks of a kind as one. */
export function together(place: string, remarks: readonly About[]): Hint[] {
  const kinds = new Map<string, About[]>();
  // Of those that say the same the first, in its place.
  const different = new Map(remarks.toReversed().map((remark) => [remark.message, remark]));
  for (const remark of [...different.values()].toReversed()) {
    const known = kinds.get(remark.kind);
    if (known) known.push(remark);
    else kinds.set(remark.kind, [remark]);
  }
  return [...kinds.values()].map((list) => {
    const [first] = list;
    const rule = first?.rule ?? '';
    if (list.length === 1 && first)
      return {
        ...{ place, rule, message: `${place}: ${first.message}` },
        ...(first.suggestion !== undefined && { suggestion: first.suggestion }),
      };
    const words = list.map(({ message, suggestion }) =>
      suggestion === undefined ? message : `${message} (meant: ${suggestion}?)`,
    );
    return { place, rule, message: `${place}: ${told(words, '; ')}` };
  });
}

export function entriesOf(
  place: string,
  entries: readonly HostEntry[],
  opens: boolean,
  rows: readonly DocumentedHost[],
) {
  return together(
    place,
    entries.flatMap((entry) => {
      const near = () => (opens ? nearRow(entryText(entry), entryMatch(entry), rows) : undefined);
      const remark = lintEntry(entry, rows) ?? near();
      return remark ? [{ rule: entryText(entry), ...remark }] : [];
    }),
  );
}

export function told(words: readonly string[], between = ', '): string {
  const more = words.length - mostTold;
  return more > 0
    ? `${words.slice(0, mostTold).join(between)}${between === ', ' ? '' : between.trimEnd()} and ${more} more`
    : words.join(between);
}
