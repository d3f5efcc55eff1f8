import { existsSync } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { Document, isCollection, isScalar, visit } from 'yaml';
import { pathInWords } from '../../model/site/path-words.js';
import { parseSite, problemsOf, textOfSite } from '../../model/site/read.js';
import type { RuleSource, SiteInput } from '../../model/site/schema.js';
import { readDocument } from '../../model/site/yaml-document.js';
import { writeAnew } from '../run/anew.js';
import { RuleList } from './rule-list.js';
import { UsageError } from './usage-error.js';

/**
 * The text of a site file with what was imported, in the place of what the file `into` says of the same.
 * @throws SiteFileError where that is no site file
 * @throws UsageError where what was imported makes no site
 */
export async function siteText(site: SiteInput, into: string | undefined): Promise<string> {
  if (into === undefined || !existsSync(into)) {
    refuseWrong(site);
    return asText(new Document(withRuleLists(site)));
  }
  const text = await textOfSite(into);
  const { document, value } = readDocument(text, into);
  const { site: name, ...others } = site;
  const added = { ...(!document.has('site') && { site: name }), ...others, ...ofServers(into, value, site) };
  if (problemsOf({ ...value, ...added }).length > 0) {
    // What is wrong in the file itself is told with its own lines.
    parseSite(text, into);
    refuseWrong({ ...value, ...added });
  }
  for (const [key, part] of Object.entries(withRuleLists(added)))
    document.set(key, document.createNode(part));
  return asText(document);
}

/** What was read of one server, in the site's own server: the rest of that stays. @throws UsageError */
function ofServers(
  into: string,
  value: unknown,
  { servers: [read] = [] }: SiteInput,
): Pick<SiteInput, 'servers'> {
  const { servers } = Object(value) as { servers?: unknown };
  if (!read || !Array.isArray(servers) || servers.length === 0) return {};
  if (servers.length > 1)
    throw new UsageError(
      `${into} has ${servers.length} servers, and what was read is one server's: import it into a site of its own, and copy it to the right one`,
    );
  const own = Object(servers[0]) as { name?: string };
  return { servers: [{ ...own, ...read, name: own.name ?? read.name }] };
}

/** Puts a site in its place at once and whole: a full disk leaves what was there. @throws UsageError */
export async function writeSite(into: string, text: string): Promise<void> {
  const known = existsSync(into);
  const file = known ? await realpath(into) : into;
  const partial = `${file}.partial`;
  try {
    const mode = known ? (await stat(file)).mode : 0o666;
    await writeAnew(partial, text, mode);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`cannot write ${into}: ${words[code] ?? message}`, { cause: error });
  }
}

const words: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder; name a file in it',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full; free some space, or name a file elsewhere',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

function refuseWrong(site: object): void {
  const [problem, ...others] = problemsOf(site);
  if (!problem) return;
  const source = sourceAt(site, problem.path);
  const place = source ? `${source.file}:${source.line}` : `what was read (${pathInWords(problem.path)})`;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new UsageError(`${place} makes no site: ${problem.message}${more}`);
}

/** Where the rule was read in which something is. */
function sourceAt(site: object, path: readonly PropertyKey[]): RuleSource | undefined {
  let inner: unknown = site;
  for (const key of path) {
    inner = Object(inner)[key];
    const { source } = Object(inner) as { source?: RuleSource };
    if (source) return source;
  }
  return undefined;
}

/** A part of a site as it is put into a document. */
function withRuleLists(part: object): object {
  if (Array.isArray(part)) return part.map((one) => withRuleListsIn('', one));
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, withRuleListsIn(key, inner)]));
}

function withRuleListsIn(key: string, value: unknown): unknown {
  const isRules = Array.isArray(value) && value.length > 0 && /^(application-)?rules$/.test(key);
  if (isRules) return new RuleList(value);
  return typeof value === 'object' && value !== null ? withRuleLists(value) : value;
}

/** Places and ports on one line, as people write them. */
function asText(document: Document): string {
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && ['source', 'port', 'used-by'].includes(String(key.value)) && isCollection(value))
        value.flow = true;
    },
  });
  return document.toString({ lineWidth: 110 });
}
