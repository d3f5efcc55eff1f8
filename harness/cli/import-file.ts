import { basename, isAbsolute, relative, sep } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import type { Imported, ImportedFirewall, ImportedRule, ImportOptions } from '../../model/import/importer.js';
import { importerOf, importers } from '../../model/import/index.js';
import { readText, UnreadableError } from '../../model/site/read-text.js';
import { UsageError } from './usage-error.js';

/** Larger files are refused unread. Mebibytes. */
const largest = 20;
/** More lines that were not understood than this nobody reads on a terminal. */
const mostTold = 20;
/** As a site file may name a file. Characters. */
const longestName = 1000;

/** A file, and what it says of a site. */
export interface ReadFile extends Imported {
  /** As it was named on the command line. */
  file: string;
  title: string;
  format: string;
}

/** @throws UsageError where it is no text or of no known format, or nothing of it was understood */
export async function importFile(file: string, options: ImportOptions): Promise<ReadFile> {
  const source = { file: placeOf(file), text: await textOf(file) };
  const importer = importerOf(source);
  if (!importer)
    throw new UsageError(
      `${file} is of no format that is known here: ${importers.map(({ title }) => title).join(', ')}`,
    );
  const imported = withCleanRules(importer.read(source, options));
  if (imported.understood === 0)
    throw new UsageError(
      [`nothing of ${file}, read as ${importer.title}, was understood`, ...told(imported)].join('\n'),
    );
  return { ...imported, file, title: importer.title, format: importer.format };
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
  ];
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
  if (lines.trim() === '') throw new UsageError(`${file} is empty`);
  return lines;
}

/** From the folder where import runs, so that it is found again in a repository; of a file elsewhere its name. */
function placeOf(file: string): string {
  const below = relative('', file);
  const isBelow = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  return printable(isBelow ? below.split(sep).join('/') : basename(file)).slice(-longestName);
}

/** Names of rules are made of these, and stand wherever results are told. */
function withCleanRules({ edge, server, ...others }: Imported): Imported {
  return { ...others, ...(edge && { edge: clean(edge) }), ...(server && { server: clean(server) }) };
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
  return rule.unclear === undefined ? rule : { ...rule, unclear: printable(rule.unclear) };
}
