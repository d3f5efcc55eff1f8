import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isSeq } from 'yaml';
import { durationText } from '../../model/site/duration.js';
import type { Site } from '../../model/site/schema.js';
import { readDocument } from '../../model/site/yaml-document.js';

type Path = readonly (string | number)[];

/**
 * The text of a site file with the changes that make `before`, which it says, `after`: what does not change
 * stays as it was written, with its comments. `moved`: how a path in it is written from where the text goes.
 */
export function curedText(
  text: string,
  file: string,
  before: Site,
  after: Site,
  moved: (path: string) => string = (path) => path,
): string {
  const { document } = readDocument(text, file);
  edit(document, [], asWritten(before), asWritten(after));
  for (const path of listPaths(document)) document.setIn(path, moved(String(document.getIn(path))));
  const written = document.toString({ lineWidth: 0 });
  const restored = withLinesOf(text, written);
  return isDeepStrictEqual(readDocument(restored, file).value, readDocument(written, file).value)
    ? restored
    : written;
}

/** The library writes `[ 80, 443 ]` for `[80, 443]`: a line that did not change is left as it was. */
function withLinesOf(text: string, written: string): string {
  const bare = (line: string) => line.replaceAll('[ ', '[').replaceAll(' ]', ']');
  const known = new Map(text.split('\n').map((line) => [bare(line), line]));
  return written
    .split('\n')
    .map((line) => known.get(bare(line)) ?? line)
    .join('\n');
}

/** Where lists of service tags are named: the one kind of file that a site file names. */
function listPaths(document: Document): Path[] {
  const named = document.get('service-tags', true);
  const paths: Path[] = isSeq(named)
    ? named.items.map((_, index) => ['service-tags', index])
    : named === undefined
      ? []
      : [['service-tags']];
  return paths.map((path) => (isMap(document.getIn(path, true)) ? [...path, 'file'] : path));
}

function edit(document: Document, path: Path, before: unknown, after: unknown): void {
  if (isDeepStrictEqual(before, after)) return;
  if (after === undefined) document.deleteIn(path);
  else if (Array.isArray(before) && Array.isArray(after)) editList(document, path, before, after);
  else if (isRecord(before) && isRecord(after))
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      edit(document, [...path, key], before[key], after[key]);
  else document.setIn(path, nodeOf(document, path, after));
}

/** New entries come before all others, some are taken away, some are other ones: else it is another list. */
function editList(
  document: Document,
  path: Path,
  before: readonly unknown[],
  after: readonly unknown[],
): void {
  const list = document.getIn(path, true);
  const added = after.slice(0, Math.max(0, after.length - before.length));
  const isLeftOut = list === undefined && path.join() === 'servers' && before.length === after.length;
  if (isLeftOut) setServers(document, path, before, after);
  else if (isSeq(list) && isDeepStrictEqual(after.slice(added.length), before)) {
    list.flow = false;
    list.items.unshift(...added.map((one) => nodeOf(document, path, one)));
  } else if (isSeq(list) && list.items.length === before.length && before.length === after.length)
    for (const [index, one] of before.entries()) edit(document, [...path, index], one, after[index]);
  else if (isSeq(list) && list.items.length === before.length && isWithin(after, before))
    list.items = list.items.filter((_, index) => after.some((one) => isDeepStrictEqual(one, before[index])));
  else document.setIn(path, nodeOf(document, path, after));
}

/** Of servers that the file leaves out, it says no more than their names and what changes. */
function setServers(
  document: Document,
  path: Path,
  before: readonly unknown[],
  after: readonly unknown[],
): void {
  const names = after.map((one) => ({ name: isRecord(one) ? one.name : undefined }));
  document.setIn(path, document.createNode(names));
  for (const [index, one] of before.entries()) edit(document, [...path, index], one, after[index]);
}

/** Settings that are milliseconds in a site and durations in its file, of those that changes are about. */
const durations = ['idle-timeout', 'clock-skew'];

/** A value as people write it: a duration with its unit, a rule on one line. */
function nodeOf(document: Document, path: Path, value: unknown): unknown {
  const key = String(path.at(-1));
  if (typeof value === 'number' && durations.includes(key)) return durationText(value);
  const node = document.createNode(isRecord(value) ? withoutEmptyLists(asDurations(value)) : value);
  if (isMap(node)) node.flow = true;
  if (isSeq(node))
    for (const one of node.items) if (isMap(one)) one.flow = /^(application-)?rules$/.test(key);
  return node;
}

function asDurations(value: Record<string, unknown>): Record<string, unknown> {
  const asDuration = ([key, one]: [string, unknown]) =>
    [key, typeof one === 'number' && durations.includes(key) ? durationText(one) : one] as const;
  return Object.fromEntries(Object.entries(value).map(asDuration));
}

/** What is absent in a file is an empty list in a site. */
function withoutEmptyLists(value: Record<string, unknown>): Record<string, unknown> {
  const isEmpty = (one: unknown) => Array.isArray(one) && one.length === 0;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !isEmpty(one)));
}

/** In a site rules know that they are application rules; a file has them in a list of their own. */
function asWritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asWritten);
  if (!isRecord(value)) return value;
  const { rules } = value;
  const all = Array.isArray(rules) ? (rules as { layer?: string }[]) : [];
  const behind = all.filter(({ layer }) => layer !== undefined);
  const inLists =
    behind.length === 0
      ? value
      : {
          ...value,
          rules: all.filter((one) => !behind.includes(one)),
          'application-rules': behind.map(({ layer: _, ...rule }) => rule),
        };
  return Object.fromEntries(Object.entries(inLists).map(([key, one]) => [key, asWritten(one)]));
}

function isWithin(some: readonly unknown[], all: readonly unknown[]): boolean {
  return some.every((one) => all.some((other) => isDeepStrictEqual(one, other)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
