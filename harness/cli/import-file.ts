import { basename, isAbsolute, relative, sep } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { withoutAccounts } from '../../model/evidence/secrets.js';
import { readBySender } from '../../model/import/by-sender.js';
import { combine, namedProxy, otherProxies } from '../../model/import/combine.js';
import type {
  Imported,
  ImportedFirewall,
  ImportedRule,
  ImportOptions,
  SourceFile,
} from '../../model/import/importer.js';
import { importerOf, importers } from '../../model/import/index.js';
import type { ReadSource } from '../../model/patch/index.js';
import { readText, UnreadableError } from '../../model/site/read-text.js';
import { UsageError } from './usage-error.js';

/** Larger files are refused unread. Mebibytes. */
const largest = 20;
/** Twice as many as a file of that size has that is about anything. */
const mostLines = 1_000_000;
/** More lines that were not understood than this nobody reads on a terminal. */
const mostTold = 20;
/** Of a line that was not understood more is not repeated. Characters. */
const longestText = 1000;
/** As a site file may name a file. Characters. */
const longestName = 1000;

/** A file, and what it says of a site. */
export interface ReadFile extends Imported {
  /** As it was named on the command line. */
  file: string;
  title: string;
  format: string;
}

/** A file as it was named on the command line, and its text with one kind of line ends. */
export interface NamedSource extends SourceFile {
  path: string;
}

/** @throws UsageError where one is no text */
export function readSources(files: readonly string[]): Promise<NamedSource[]> {
  return Promise.all(
    files.map(async (file) => ({ path: file, file: placeOf(file), text: await textOf(file) })),
  );
}

/**
 * What files say of which some can be parts of others.
 * @throws UsageError where one is of no known format, or nothing of it was understood
 */
export function importSources(sources: readonly NamedSource[], options: ImportOptions): ReadFile[] {
  const parts = sources.filter((one) =>
    sources.some((other) => other !== one && importerOf(other)?.hasPart?.(other, one)),
  );
  const read = sources
    .filter((one) => !parts.includes(one))
    .map((one) => importFile(one.path, one, { ...options, parts }));
  return read.some(({ site }) => site?.proxy) ? read.map(withOtherProxies) : read.map(withUnknownProxies);
}

/** A file that tells stacks of another proxy than that of the site. */
function withOtherProxies(read: ReadFile, _: number, all: readonly ReadFile[]): ReadFile {
  const address = combine(all, 'site').proxy?.address;
  const told = otherProxies([read], address).map((other) => ({
    ...{ file: placeOf(read.file), line: 1, text: `proxy ${other.address}` },
    why: `a site has one proxy, here ${address}: what becomes of what goes to this one is not judged; where both are the same, write one name in both files`,
  }));
  return { ...read, notUnderstood: [...read.notUnderstood, ...told] };
}

/** A file that names proxies of which nobody says more. */
function withUnknownProxies(read: ReadFile, _: number, all: readonly ReadFile[]): ReadFile {
  const [own] = namedProxy(all);
  const told = (read.named ?? []).map((address) => ({
    ...{ file: placeOf(read.file), line: 1, text: `PROXY ${address}` },
    why:
      address === own?.address
        ? 'what this proxy lets through stands in its own file: import that, too, or write it into proxy.rules'
        : 'a site has one proxy, and to this one nobody comes in it',
  }));
  return { ...read, notUnderstood: [...read.notUnderstood, ...told] };
}

/** Files with their formats and what they say; a part has the format of the file that names it. */
export function asRead(sources: readonly NamedSource[], read: readonly ReadFile[]): ReadSource[] {
  return sources.map((source) => {
    const own = read.find(({ file }) => file === source.path);
    const owner = sources.find((one) => one !== source && importerOf(one)?.hasPart?.(one, source));
    const format = own?.format ?? (owner && importerOf(owner)?.format) ?? '';
    return { source, format, ...(own && { imported: own }) };
  });
}

function importFile(file: string, source: SourceFile, options: ImportOptions): ReadFile {
  const importer = importerOf(source);
  if (!importer) throw new UsageError(unknownFormat(file, source.text));
  const imported = presentable(readBySender(importer, source, options));
  if (imported.understood === 0)
    throw new UsageError(
      [`nothing of ${file}, read as ${importer.title}, was understood`, ...told(imported)].join('\n'),
    );
  return { ...imported, file, title: importer.title, format: importer.format };
}

function unknownFormat(file: string, text: string): string {
  if (/^"?site"?: /m.test(text)) return `${file} is a site file already: connector-lab check ${file}`;
  return [
    `${file} is of no format that is known here. Known are:`,
    ...importers.map(({ title }) => `  ${title}`),
  ].join('\n');
}

/** What was not understood, for a terminal. */
export function told({ notUnderstood }: Imported): string[] {
  const rest = notUnderstood.length - mostTold;
  return [
    ...notUnderstood
      .slice(0, mostTold)
      .flatMap(({ file, line, text, why }) => [
        `  ${file}:${line}: ${onOneLine(text.slice(0, 160))}`,
        `    ${onOneLine(why)}`,
      ]),
    ...(rest > 0 ? [`  and ${rest} more (--json has all)`] : []),
    ...whatWouldHelp(notUnderstood),
  ];
}

/** What rules ask for that stands in no file, by the option that says it. */
const saidBy: readonly [option: string, asked: readonly string[]][] = [
  ['--comes-by', ['--in-interface', 'meta iif']],
  ['--goes-by', ['--out-interface', 'meta oif']],
  ['--server-address', ['--source', '--src-range', 'ip saddr']],
];

function whatWouldHelp(notUnderstood: Imported['notUnderstood']): string[] {
  const options = saidBy
    .filter(([, asked]) => notUnderstood.some(({ why }) => asked.some((words) => why.includes(words))))
    .map(([option]) => option);
  return options.length === 0
    ? []
    : [`  More is understood where you say ${options.join(', ')} (connector-lab import --help).`];
}

function onOneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}

async function textOf(file: string): Promise<string> {
  const text = await readText(file, { is: 'a file to import', ending: 'text', most: largest }).catch(
    (error: unknown) => {
      if (error instanceof UnreadableError) throw new UsageError(`${file}: ${error.message}`);
      throw error;
    },
  );
  // Importers count lines, and files that went through several hands have ends of all kinds.
  const lines = text.replace(/\r\n?/g, '\n');
  const nul = lines.indexOf('\0');
  if (nul >= 0)
    throw new UsageError(
      `${file} is not text: there is a NUL byte in line ${lines.slice(0, nul).split('\n').length}; save it as UTF-8`,
    );
  if (hasMoreLinesThan(mostLines, lines)) throw new UsageError(`${file} has more than ${mostLines} lines`);
  if (lines.trim() === '') throw new UsageError(`${file} is empty`);
  return lines;
}

function hasMoreLinesThan(most: number, text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) if (++count > most) return true;
  return false;
}

/** From the folder where import runs, so that it is found again in a repository; of a file elsewhere its name. */
function placeOf(file: string): string {
  const below = relative('', file);
  const isBelow = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  return printable(isBelow ? below.split(sep).join('/') : basename(file)).slice(-longestName);
}

/** What is told again of a file: neither endless, nor with its secrets. */
function presentable({ edge, server, notUnderstood, ...others }: Imported): Imported {
  return {
    ...others,
    ...(edge && { edge: clean(edge) }),
    ...(server && { server: clean(server) }),
    notUnderstood: notUnderstood.map((one) => ({
      ...one,
      text: withoutAccounts(one.text.length > longestText ? `${one.text.slice(0, longestText)} …` : one.text),
    })),
  };
}

function clean(firewall: ImportedFirewall): ImportedFirewall {
  const behind = firewall['application-rules'];
  return {
    ...firewall,
    rules: firewall.rules.map(cleanRule),
    ...(behind && { 'application-rules': behind.map(cleanRule) }),
  };
}

function cleanRule(rule: ImportedRule): ImportedRule {
  return rule.unclear === undefined ? rule : { ...rule, unclear: withoutAccounts(printable(rule.unclear)) };
}
