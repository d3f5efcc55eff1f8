import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';
import { upTo } from '../evidence/cut.js';
import { withoutStacks } from '../evidence/without-stacks.js';
import { type Problem, SiteFileError } from './site-file-error.js';
import { tooMuchYaml } from './yaml-bounds.js';

/** Aliases in a file may stand for this many nodes together; more is an attack ("billion laughs"). */
const mostAliases = 100;
/** Mistakes of syntax that are told: one makes others. */
const mostMistakes = 20;
/** Tags of YAML's own core; all others ask for something to be run or made. */
const plainTag = /^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A site file's one YAML document, and where its nodes are. */
export interface SiteDocument {
  document: Document;
  lines: LineCounter;
  value: object;
}

/** YAML text (and so JSON) as plain data. Nothing in it is run. @throws SiteFileError */
export function readDocument(text: string, file: string): SiteDocument {
  const refuse = (message: string, cause?: unknown) => new SiteFileError(file, [{ message }], { cause });
  if (controlCharacter.test(text)) throw refuse('is not text: it holds control characters');
  const much = tooMuchYaml(text);
  if (much !== undefined) throw refuse(much);
  const lines = new LineCounter();
  // The library compares every key with every other: minutes for a hostile file. See `repeatedKeys`.
  const documents = withoutStacks(() =>
    parseAllDocuments(text, {
      ...{ lineCounter: lines, uniqueKeys: false, merge: false },
      // For each mistake it would look through its whole line, and that can be all of the text.
      prettyErrors: false,
    }),
  );
  if (!Array.isArray(documents) || documents.length === 0)
    throw refuse('is empty; a site file begins with "site: <name>"');
  const [document, second] = documents;
  if (second || !document) throw refuse('holds several documents ("---"); a site file holds one');
  const problems = [...syntaxProblems(document, lines), ...nodeProblems(document, lines)];
  if (problems.length > 0) throw new SiteFileError(file, problems);
  return { document, lines, value: toValue(document, file) };
}

function syntaxProblems(document: Document, lines: LineCounter): Problem[] {
  return document.errors.slice(0, mostMistakes).map(({ pos, message }) => ({
    ...placeAt(lines, pos[0]),
    message: upTo(' at line ', upTo('\n', message)),
  }));
}

/** Tags, aliases and keys that a site file may not have. */
function nodeProblems(document: Document, lines: LineCounter): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Map<string, Node>();
  const add = (node: Node, message: string) =>
    problems.push({ ...(node.range && placeAt(lines, node.range[0])), message });
  const enter = (node: Node & { anchor?: string }) => {
    if (node.anchor) anchors.set(node.anchor, node);
    if (node.tag && !plainTag.test(node.tag)) add(node, `the tag ${node.tag} is not allowed in a site file`);
  };
  visit(document, {
    Scalar: (_, node) => enter(node),
    Collection(key, node) {
      enter(node);
      if (key === 'key') add(node, 'a key is a word, not a list or mapping');
      if (isMap(node))
        for (const repeated of repeatedKeys(node))
          add(repeated, `the key ${String(repeated)} is here already`);
    },
    Alias(_, node, path) {
      const named = anchors.get(node.source);
      if (!named) add(node, `the alias *${node.source} names nothing above it`);
      else if (path.includes(named)) add(node, `the alias *${node.source} is inside what it names`);
    },
  });
  return problems;
}

function repeatedKeys(map: YAMLMap): Node[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    if (seen.has(name)) return [key];
    seen.add(name);
    return [];
  });
}

function toValue(document: Document, file: string): object {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    const message = 'its aliases stand for too many nodes; write them out';
    throw new SiteFileError(file, [{ message }], { cause: error });
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new SiteFileError(file, [
    {
      line: 1,
      column: 1,
      message:
        'a site file is a mapping that begins with "site: <name>"; connector-lab import makes one of firewall rules, tables and proxy settings',
    },
  ]);
}

/** Line and column, from 1, of an offset in the text. */
export function placeAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
