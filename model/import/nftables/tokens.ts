/** A word, a mark, or the end of a line. */
export interface Token {
  text: string;
  isQuoted: boolean;
  line: number;
}

/** Words hold the marks of addresses, ranges and names; a backslash joins lines. */
const token =
  /(\\\r?\n)|(\r\n?|\n)|(#[^\r\n]*)|"([^"\r\n]*)"(?:-"([^"\r\n]*)")?|([{};,])|(!=|==|<=|>=|[<>&|()=])|([^\s{};,"#<>=&|()!]+)|(\S)/g;

/** Words of a rule set, without its comments. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [all, joined, end, comment, quoted, to] of text.matchAll(token)) {
    if (end !== undefined) tokens.push({ text: '\n', isQuoted: false, line });
    else if (comment === undefined && joined === undefined)
      tokens.push({
        text: quoted === undefined ? all : to === undefined ? quoted : `${quoted}-${to}`,
        isQuoted: quoted !== undefined,
        line,
      });
    if (end !== undefined || joined !== undefined) line++;
  }
  return tokens;
}

/** Reads one token after the other. */
export class Tokens {
  #at = 0;

  constructor(private readonly all: readonly Token[]) {}

  /** Undefined: there are no more. */
  peek(ahead = 0): string | undefined {
    return this.all[this.#at + ahead]?.text;
  }

  get token(): Token | undefined {
    return this.all[this.#at];
  }

  next(): string {
    return this.all[this.#at++]?.text ?? '';
  }

  /** Takes these words, if they are next. */
  take(...words: string[]): boolean {
    if (!words.every((word, index) => this.peek(index) === word)) return false;
    this.#at += words.length;
    return true;
  }

  /** Takes what is in braces, of which the first is next; without them. */
  group(): Token[] {
    const from = this.#at + 1;
    let depth = 0;
    do {
      const { text = '', isQuoted = false } = this.all[this.#at++] ?? {};
      if (text === '{' && !isQuoted) depth++;
      if (text === '}' && !isQuoted) depth--;
    } while (depth > 0 && this.#at < this.all.length);
    return this.all.slice(from, depth === 0 ? this.#at - 1 : this.#at);
  }

  /** How many have been taken. */
  get taken(): number {
    return this.#at;
  }

  /** Takes all that is left; with those behind the first `taken`. */
  rest(taken: number): Token[] {
    const left = this.all.slice(taken);
    this.#at = this.all.length;
    return left;
  }

  /** Takes a statement: what stands before the next `;` or end of line that is in no braces. */
  statement(): Token[] {
    const from = this.#at;
    let depth = 0;
    for (; this.#at < this.all.length; this.#at++) {
      const { text = '', isQuoted = false } = this.all[this.#at] ?? {};
      if (isQuoted) continue;
      if (depth === 0 && (text === ';' || text === '\n' || text === '}')) break;
      if (text === '{') depth++;
      if (text === '}') depth--;
    }
    return this.all.slice(from, this.#at).filter(({ text, isQuoted }) => text !== '\n' || isQuoted);
  }
}

/** As people would write them. */
export function inWords(tokens: readonly Token[]): string {
  return tokens
    .map(({ text, isQuoted }) => (isQuoted ? `"${text}"` : text))
    .join(' ')
    .replaceAll(' ,', ',');
}
