import { wildcard } from '../../site/match/wildcard.js';
import type { NotUnderstood, SourceFile } from '../importer.js';

/** A line of squid.conf, folded lines as one, in the place of the `include` by which it came. */
export interface Directive {
  /** `http_access` */
  name: string;
  words: Word[];
  file: string;
  /** From 1. */
  line: number;
  /** The condition under which it counts, of which nobody knows whether it is met. */
  doubt: string | undefined;
}

export interface Word {
  text: string;
  isQuoted: boolean;
}

/** A file that is named and was not handed over has content that nobody knows. */
export const unknownInclude = 'include of an unknown file';

/** Includes deeper than squid follows. */
const deepest = 16;
/** Files that are read, each as often as it is included. */
const mostReads = 1000;
/** Lines of all files together; those of people have far fewer. */
const mostLines = 200_000;

/** Reads squid.conf with the files that it includes, as far as they were handed over. */
export function readDirectives(source: SourceFile, parts: readonly SourceFile[]): Directive[] {
  const found: Directive[] = [];
  let reads = 0;
  read(source, [], 0);
  return found;

  function read({ file, text }: SourceFile, outer: readonly string[], depth: number): void {
    const doubts = [...outer];
    for (const { line, words } of foldedLines(text)) {
      const [first, ...others] = words;
      if (!first || found.length >= mostLines) continue;
      const name = first.text.toLowerCase();
      const told = others.map((one) => one.text).join(' ');
      if (name === 'if') doubts.push(`if ${told}`);
      else if (name === 'else') doubts.push(`else of ${doubts.pop() ?? 'if'}`);
      else if (name === 'endif') doubts.pop();
      else if (name === 'include') include(others, { file, line }, doubts, depth);
      else found.push({ name, words: others, file, line, doubt: doubts.at(-1) });
    }
  }

  function include(
    names: readonly Word[],
    { file, line }: { file: string; line: number },
    doubts: readonly string[],
    depth: number,
  ): void {
    for (const word of names) {
      const given = filesOf(word.text, parts);
      if (given.length === 0 || depth >= deepest || ++reads > mostReads)
        found.push({ name: unknownInclude, words: [word], file, line, doubt: doubts.at(-1) });
      else for (const one of given) read(one, doubts, depth + 1);
    }
  }
}

/** Whether a squid.conf names a file, by its base name; `*` as shells read it. */
export function isNamedIn(text: string, file: string): boolean {
  const own = baseName(file);
  return filesNamedIn(text).some((name) => isNamed(own, name));
}

function filesNamedIn(text: string): string[] {
  return foldedLines(text).flatMap(({ words: [first, ...others] }) => {
    const name = first?.text.toLowerCase();
    if (name === 'include') return others.map((word) => baseName(word.text));
    if (name !== 'acl') return [];
    return others.flatMap((word) => (word.isQuoted ? [baseName(word.text)] : []));
  });
}

/** The files that are meant by a path of the proxy's machine, by their base names and in their order. */
export function filesOf(path: string, parts: readonly SourceFile[]): SourceFile[] {
  const wanted = baseName(path);
  return parts
    .filter(({ file }) => isNamed(baseName(file), wanted))
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

/** Whether a base name is meant by another, in which `*` stands for any text. */
function isNamed(name: string, wanted: string): boolean {
  return wildcard.matcher(wanted)(name);
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Lines with those that end in `\` joined to the next. */
function foldedLines(text: string): { line: number; words: Word[] }[] {
  const lines: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const last = lines.at(-1);
    const own = raw.replace(/\\$/, ' ');
    if (isOpen && last) last.text += own;
    else lines.push({ line: index + 1, text: own });
    isOpen = raw.endsWith('\\') && !/^\s*#/.test(raw);
  }
  return lines.map(({ line, text: told }) => ({ line, words: wordsOf(told) }));
}

/** A word that begins with `#` ends the line. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const [, quoted, bare = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
    if (quoted === undefined && bare.startsWith('#')) break;
    words.push(
      quoted === undefined
        ? { text: bare, isQuoted: false }
        : { text: quoted.replace(/\\(.)/g, '$1'), isQuoted: true },
    );
  }
  return words;
}

/** Values in a file that an acl names: one a line, squid also takes several. */
export function valuesIn({ text }: SourceFile): string[] {
  return text.split('\n').flatMap((line) => wordsOf(line).map((word) => word.text));
}

/** A line that was not understood, without what may be a secret in it. */
export function notUnderstoodAt({ name, words, file, line }: Directive, why: string): NotUnderstood {
  const told = words.map(({ text }) => {
    const [before = '', after] = text.split('=', 2);
    return after !== undefined && /login|pass|secret|token|key/i.test(before) ? `${before}=***` : text;
  });
  const isSecret = /auth|external|program|helper/.test(name);
  const text = isSecret ? `${name} ${told[0] ?? ''} …` : `${name} ${told.join(' ')}`;
  return { file, line, text: text.slice(0, 1000), why };
}
