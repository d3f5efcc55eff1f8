import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar } from 'yaml';
import { tooMuchForJson } from '../../site/yaml-bounds.js';

/** Azure Resource Manager takes templates of 4 MB. Characters. */
const longest = 4 * 1024 * 1024;
/** Rules with their parameters are not 30 levels deep. */
const deepest = 100;
/** Of expressions in each other, and of all that are worked out for a template. */
const deepestExpression = 8;
const mostExpressions = 200_000;
/** Names and addresses are shorter. Characters. */
const longestText = 10_000;

/** A template of Azure (ARM), with the line of everything in it, and its simple expressions worked out. */
export class Template {
  readonly #lines = new LineCounter();
  readonly #root: Node | null;
  /** Why it is no JSON; what follows from the first reason is none. */
  readonly problems: { line: number; message: string }[];

  readonly #shift: number;

  /** Few parameters that are made of each other many times would be more text than memory has. */
  #workedOut = 0;

  constructor(
    /** As it stands in the file. */
    readonly written: string,
  ) {
    const text = written;
    // Pieces of a template, `{ … }, { … }`, are what people paste.
    const isPieces = /^\s*\{[\s\S]*\}\s*,\s*\{/.test(text) && !isJson(text);
    const whole = isPieces ? `[${text.replace(/,\s*$/, '')}]` : text;
    this.#shift = isPieces ? 1 : 0;
    // The parser recurses, and a process does not survive every full stack.
    const refused =
      whole.length > longest
        ? `longer than ${longest} characters: Azure takes none such`
        : tooMuchForJson(deepest, whole);
    if (refused) {
      this.#root = null;
      this.problems = [{ line: 1, message: refused }];
      return;
    }
    const document = parseDocument(whole, {
      lineCounter: this.#lines,
      uniqueKeys: false,
      // For each mistake it would look through its whole line, and that can be all of the text.
      prettyErrors: false,
      maxAliasCount: 0,
    } as object);
    this.#root = document.contents;
    this.problems = document.errors.slice(0, 1).map(({ message, pos: [at] }) => ({
      line: this.#lines.linePos(at).line,
      message: message.split('\n')[0] ?? '',
    }));
  }

  /** Every object below, the outermost first, that has a property of this name. */
  *withProperty(name: string, node: unknown = this.#root): Generator<Node> {
    if (isMap(node) && node.has(name)) yield node;
    const inner = isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : [];
    for (const one of inner) yield* this.withProperty(name, one);
  }

  /** A place of the tree, in characters of the file. */
  placeOf(at: number): number {
    return at - this.#shift;
  }

  /** From 1. */
  lineOf(node: unknown): number {
    return isNode(node) && node.range ? this.#lines.linePos(node.range[0]).line : 1;
  }

  /** A property of an object, as it is written. */
  at(node: unknown, ...path: string[]): unknown {
    return path.reduce<unknown>(
      (inner, key) => (isMap(inner) ? (inner.get(key, true) ?? ofAnyCase(inner, key)) : undefined),
      node,
    );
  }

  items(node: unknown): unknown[] {
    const known = this.#resolved(node, 0);
    return isSeq(known) ? known.items : [];
  }

  /** A text; undefined: there is none, or an expression that nothing here works out. */
  text(node: unknown): string | undefined {
    const known = this.#resolved(node, 0);
    if (typeof known === 'string') return known;
    return isScalar(known) && known.value !== null ? String(known.value) : undefined;
  }

  /** Texts of a list; undefined: one of them, or the list, is an expression that nothing here works out. */
  texts(node: unknown): string[] | undefined {
    if (node === undefined) return [];
    const known = this.#resolved(node, 0);
    if (!isSeq(known)) return undefined;
    const all = known.items.map((one) => this.text(one));
    return all.every((one) => one !== undefined) ? all : undefined;
  }

  /** The last name in `[resourceId('Microsoft.Network/ipGroups', 'x')]`. */
  resourceName(node: unknown): string | undefined {
    const written = isScalar(node) ? String(node.value) : '';
    const [, inner] = /^\[resourceId\((.*)\)\]$/s.exec(written) ?? [];
    const last = inner === undefined ? undefined : argumentsIn(inner).at(-1)?.trim();
    return last === undefined ? this.text(node)?.split('/').at(-1) : this.#expression(last, 0);
  }

  #resolved(node: unknown, depth: number): unknown {
    const written = isScalar(node) ? node.value : undefined;
    if (
      typeof written !== 'string' ||
      !written.startsWith('[') ||
      written.startsWith('[[') ||
      depth > deepestExpression
    )
      return node;
    const expression = written.slice(1, -1).trim();
    const [, kind, name = '', member] =
      /^(parameters|variables)\('([^']+)'\)((?:\.\w+)*)$/.exec(expression) ?? [];
    if (kind === undefined) return this.#expression(expression, depth);
    const path = kind === 'parameters' ? ['parameters', name, 'defaultValue'] : ['variables', name];
    return this.#resolved(
      this.at(this.#root, ...path, ...(member ?? '').split('.').filter((one) => one !== '')),
      depth + 1,
    );
  }

  /** `'x'`, `parameters('x')`, `concat(…)` → a text. */
  #expression(expression: string, depth: number): string | undefined {
    const [, literal] = /^'([^']*)'$/.exec(expression) ?? [];
    if (literal !== undefined) return literal;
    const [, inner] = /^concat\((.*)\)$/s.exec(expression) ?? [];
    if (depth > deepestExpression || ++this.#workedOut > mostExpressions) return undefined;
    if (inner === undefined) {
      if (!/^(parameters|variables)\('[^']+'\)(\.\w+)*$/.test(expression)) return undefined;
      const known = this.#resolved(scalar(`[${expression}]`), depth + 1);
      return typeof known === 'string' ? known : isScalar(known) ? String(known.value) : undefined;
    }
    const parts = argumentsIn(inner).map((one) => this.#expression(one.trim(), depth + 1));
    const length = parts.reduce((sum, one) => sum + (one?.length ?? 0), 0);
    return length <= longestText && parts.every((one) => one !== undefined) ? parts.join('') : undefined;
  }
}

/** What stands between commas, those within brackets left alone. */
function argumentsIn(text: string): string[] {
  const found: string[] = [];
  let [open, from] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') open++;
    else if (text[at] === ')') open--;
    else if (text[at] === ',' && open <= 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, text.slice(from)];
}

function scalar(value: string): Node {
  return new Scalar(value);
}

function ofAnyCase(map: { items: { key: unknown; value: unknown }[] }, name: string): unknown {
  return map.items.find(({ key }) => isScalar(key) && String(key.value).toLowerCase() === name.toLowerCase())
    ?.value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
