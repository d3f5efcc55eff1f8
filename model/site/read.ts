import { type Document, isNode, type LineCounter } from 'yaml';
import type { z } from 'zod';
import type { PublicDate } from '../requirements/editions/dates.js';
import { completeSite } from './complete.js';
import { crossCheck } from './cross-check.js';
import { wordsFor } from './issue-words.js';
import { pathInWords } from './path-words.js';
import type { Placed } from './placed.js';
import { readText, UnreadableError } from './read-text.js';
import { type Site, type SiteInput, siteSchema } from './schema.js';
import { type ReadLists, readLists } from './service-tags/read-lists.js';
import { namedLists } from './service-tags/schema.js';
import { withMeanings } from './service-tags/with-meanings.js';
import { wrongTags } from './service-tags/wrong-tags.js';
import { type Problem, SiteFileError } from './site-file-error.js';
import { wrongDestinations } from './wrong-destinations.js';
import { placeAt, readDocument } from './yaml-document.js';

/** Larger files are refused unread: 25,000 rules with the lines where they were read need a third of it. */
const kind = { is: 'a site file', ending: '.yaml', most: 8 };
/** Entries of one list; the longest met at customers have a tenth of it. */
const mostEntries = 10_000;
/** Of rules; the longest list of a firewall met has 20,000. */
const mostRules = 25_000;
/** Problems told of one file; a file with more is not a site file with slips in it. */
const mostProblems = 50;

/**
 * Reads a site file: YAML, and so JSON too. All problems are told at once, with line and column.
 * `edition`: by which it is judged, whatever the file says.
 * @throws SiteFileError
 */
export async function readSite(file: string, edition?: PublicDate): Promise<Site> {
  return await readSiteText(await textOfSite(file), file, edition);
}

/** As {@link readSite}, for text that could stand in the file. @throws SiteFileError */
export async function readSiteText(text: string, file: string, edition?: PublicDate): Promise<Site> {
  const site = parseSite(text, file, undefined, edition);
  const named = namedLists(site['service-tags']);
  return named.length === 0
    ? site
    : parseSite(text, file, await readLists(named, file, site.cloud.environment), edition);
}

/** What a site file holds, whatever that is. @throws SiteFileError where it cannot be read */
export async function textOfSite(file: string): Promise<string> {
  try {
    return await readText(file, kind);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new SiteFileError(file, [{ message: error.message }], { cause: error });
  }
}

/**
 * As {@link readSite}, for text at hand; `file` is only named in errors. Without the lists of service tags
 * that it names, nothing is said of their tags.
 * @throws SiteFileError
 */
export function parseSite(text: string, file: string, read?: ReadLists, edition?: PublicDate): Site {
  const { document, lines, value: written } = readDocument(text, file);
  const value = edition === undefined ? written : { ...written, edition };
  const place = (path: readonly PropertyKey[]) => placeOf(document, lines, path);
  const fail = (placed: readonly Placed[]) => {
    const problems = placed
      .slice(0, mostProblems)
      .map(({ path, message }): Problem => ({ ...place(path), path: pathInWords(path), message }))
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
    if (placed.length > mostProblems)
      problems.push({ message: `and ${placed.length - mostProblems} more problems` });
    return new SiteFileError(file, problems);
  };
  const wrongAnyway = problemsOf(value);
  if (wrongAnyway.length > 0) throw fail(wrongAnyway);
  if (!read) return completeSite(value as SiteInput);
  if (read.problems.length > 0) throw fail(read.problems);
  const wrong = wrongTags(value, read.lists);
  if (wrong.length > 0) throw fail(wrong);
  return withMeanings(completeSite(value as SiteInput), read.lists);
}

/** What is wrong with a site, also one that no file has yet; of its service tags nothing is said. */
export function problemsOf(value: object): Placed[] {
  const endless = longLists(value);
  if (endless.length > 0) return endless;
  const parsed = siteSchema.safeParse(value);
  if (parsed.success) return crossCheck(parsed.data, value);
  const issues = parsed.error.issues.flatMap((issue) => wordsFor(issue as z.core.$ZodIssue, value));
  return [...issues, ...wrongDestinations(value)];
}

/** Lists that are too long to be told anything else of. */
function longLists(value: unknown, path: readonly PropertyKey[] = []): Placed[] {
  if (value === null || typeof value !== 'object') return [];
  const entries = Object.entries(value);
  const most = /^(application-)?rules$/.test(String(path.at(-1))) ? mostRules : mostEntries;
  if (entries.length > most) return [{ path, message: `${most} entries at most, found ${entries.length}` }];
  return entries.flatMap(([key, inner]) =>
    inner === null || typeof inner !== 'object'
      ? []
      : longLists(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The place of the deepest part of a path that is in the file. */
function placeOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): Pick<Problem, 'line' | 'column'> {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const items = (parent as { items?: unknown[] } | null)?.items ?? [];
    const pair = items.find((item) => String((item as { key?: { value?: unknown } }).key?.value) === key) as
      | { key?: unknown }
      | undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return placeAt(lines, node.range[0]);
    }
  }
  return { line: 1, column: 1 };
}
