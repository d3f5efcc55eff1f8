import { Lexer } from 'yaml';

/** No file read here is 10 levels deep. Parsers recurse, and a process does not survive every full stack. */
const deepest = 100;
/** Words, brackets and signs together; a site file with 25,000 rules has two thirds of it. */
const mostTokens = 1_000_000;
/** One is what a file has; the parser takes minutes for a megabyte of their ends. */
const mostDocuments = 100;
/** Anchors and tags of one node: there is one of each. */
const mostProperties = 4;

/**
 * Why a YAML text, and so a JSON text, is not parsed, in words: what its tree would cost is bounded before
 * there is one. The parser takes gigabytes for a megabyte of `- &a - &b`. Lexing does not recurse.
 */
export function tooMuchYaml(text: string): string | undefined {
  if (new RegExp(`^[ ?-]{${2 * deepest}}`, 'm').test(text)) return tooDeep;
  let [open, inLine, properties, tokens, documents] = [0, 0, 0, 0, 0];
  const entries = new Entries();
  for (const token of new Lexer().lex(text)) {
    const [first = ''] = token;
    if (first === '\n' || first === '\r') inLine = 0;
    if (first === ' ' || first === '\n' || first === '\r' || first === '#') continue;
    if (++tokens > mostTokens)
      return `has more than ${mostTokens} words and signs; no site has so much to say`;
    if ((token === '---' || token === '...') && ++documents > mostDocuments)
      return `has more than ${mostDocuments} documents (\`---\`, \`...\`); one is what is read`;
    if (token === '[' || token === '{') open++;
    else if (token === ']' || token === '}') open--;
    else if (!entries.areOpen && isBlockSign(token)) inLine++;
    properties = first === '&' || first === '!' ? properties + 1 : 0;
    // Of each that nothing opened the parser makes a mistake of its own.
    if (open < -deepest) return 'closes brackets that nothing opened';
    const values = entries.values(token);
    if (entries.areOpen && values > deepest) return tooDeep;
    if (open > deepest || inLine > deepest || properties > mostProperties) return tooDeep;
  }
  return undefined;
}

/** What the lexer says where a line ends all brackets that are open: it stands too far to the left. */
const flowBroken = '\u0018';

/** Entries of brackets: what stands between two commas. */
class Entries {
  /** Of the entry that each open bracket is at. */
  readonly #values: number[] = [0];

  get areOpen(): boolean {
    return this.#values.length > 1;
  }

  /**
   * How many values the entry has in which this token stands: `[a: b: c]` has one, and a parser that does not
   * refuse the others puts each of them into the one before.
   */
  values(token: string): number {
    const at = this.#values.length - 1;
    if (token === '[' || token === '{') this.#values.push(0);
    else if ((token === ']' || token === '}') && at > 0) this.#values.pop();
    else if (token === flowBroken) this.#values.splice(1);
    else if (token === ',') this.#values[at] = 0;
    else if (token === ':') this.#values[at] = (this.#values[at] ?? 0) + 1;
    return this.#values.at(-1) ?? 0;
  }
}

const tooDeep = `is nested deeper than ${deepest} levels; no site file is`;

/** What begins a level without brackets: several of them can stand on one line. */
function isBlockSign(token: string): boolean {
  return token === '-' || token === '?' || token === ':';
}

/**
 * Why a text that should be JSON is not parsed as YAML, in words: brackets stand deeper in each other than `most`,
 * or are closed that nothing opened, or one entry has more values than that, or there are lists of YAML, or nodes
 * have tags and anchors, which JSON has not and which the parser takes minutes for.
 */
export function tooMuchForJson(most: number, text: string): string | undefined {
  let [depth, properties, listed] = [0, 0, 0];
  const entries = new Entries();
  for (const token of new Lexer().lex(text)) {
    const [first = ''] = token;
    if (first === ' ' || first === '\n' || first === '\r') continue;
    if (token === '[' || token === '{') depth++;
    if (token === ']' || token === '}') depth--;
    if (Math.abs(depth) > most) return `brackets deeper than ${most} in each other`;
    if ((token === '-' || token === '?') && ++listed > most) return 'lists without brackets: this is no JSON';
    if (entries.values(token) > most) return 'one value after the other without a comma: this is no JSON';
    properties = first === '&' || first === '!' ? properties + 1 : 0;
    if (properties > mostProperties) return 'one tag or anchor after the other: this is no JSON';
  }
  return undefined;
}
