/**
 * A part of an expression: a text that stands in a name as it is, any one character, any text, or something of
 * which is only known that it may be there.
 */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'one' | 'any' | 'some' | 'unknown' | 'begin' | 'end' | 'never' };
export type Branch = readonly Piece[];

/** Bounds of what is read: whoever writes more means a program, not hosts. */
export const mostBranches = 32;
/** A name has 253 characters, and a star at either end comes to what stands in an expression. */
const longest = 250;
const deepest = 10;

const of = (kind: Exclude<Piece['kind'], 'text'>): Branch => [{ kind }];
const nothing: Branch = [];

/**
 * What a regular expression of POSIX (extended, as squid has them) is made of: one of several branches. Undefined:
 * it is not one, or more than anybody would read. Read by hand, in one pass.
 */
export function branchesOf(pattern: string, ignoresCase: boolean): Branch[] | undefined {
  if (pattern.length === 0 || pattern.length > longest) return undefined;
  const reader = new Reader(pattern, ignoresCase);
  const branches = reader.alternatives(0);
  return branches && reader.isAtEnd ? branches : undefined;
}

class Reader {
  #at = 0;

  constructor(
    private readonly pattern: string,
    private readonly ignoresCase: boolean,
  ) {}

  get isAtEnd(): boolean {
    return this.#at === this.pattern.length;
  }

  alternatives(depth: number): Branch[] | undefined {
    if (depth > deepest) return undefined;
    const all: Branch[] = [];
    do {
      const own = this.#branch(depth);
      if (!own) return undefined;
      all.push(...own);
      if (all.length > mostBranches) return undefined;
    } while (this.#takes('|'));
    return all;
  }

  /** One after the other, until an alternative begins or the group ends. */
  #branch(depth: number): Branch[] | undefined {
    let all: Branch[] = [nothing];
    while (!this.isAtEnd && !'|)'.includes(this.#next)) {
      const atom = this.#atom(depth);
      const own = atom && this.#repeated(atom);
      if (!own) return undefined;
      all = all.flatMap((one) => own.map((other) => [...one, ...other]));
      if (all.length > mostBranches) return undefined;
    }
    return all;
  }

  #atom(depth: number): Branch[] | undefined {
    const character = this.#take();
    switch (character) {
      case '(': {
        const inside = this.alternatives(depth + 1);
        return inside && this.#takes(')') ? inside : undefined;
      }
      case '[':
        return this.#characters();
      case '.':
        return [of('one')];
      case '^':
        return [of('begin')];
      case '$':
        return [of('end')];
      case '\\':
        return this.#escaped();
      // Without anything to repeat, and in a place of its own, no two programs agree on these.
      case '*':
      case '+':
      case '?':
      case '{':
        return [of('unknown')];
      default:
        return [this.#text(character)];
    }
  }

  /** As often as is written behind it. */
  #repeated(atom: readonly Branch[]): Branch[] | undefined {
    let own: Branch[] = [...atom];
    for (;;) {
      if (this.#takes('?')) own = [...own, nothing];
      else if (this.#takes('*')) own = [of(isOne(own) ? 'any' : 'unknown')];
      else if (this.#takes('+'))
        own = isOne(own) ? [of('some')] : own.flatMap((one) => [one, [...one, ...of('unknown')]]);
      else if (this.#takes('{')) {
        const end = this.pattern.indexOf('}', this.#at);
        if (end < 0) return undefined;
        this.#at = end + 1;
        own = [of('unknown')];
      } else return own;
      if (own.length > mostBranches) return undefined;
    }
  }

  /** `[.]` and `[12]` are one of few texts; of others only is known that they take a character. */
  #characters(): Branch[] | undefined {
    const begin = this.#at;
    if (this.#next === '^') this.#at++;
    // A bracket that comes first is one of the characters.
    if (this.#next === ']') this.#at++;
    while (!this.isAtEnd && this.#next !== ']') {
      const class_ = this.#take() === '[' && ':.='.includes(this.#next) ? this.#next : '';
      if (class_ === '') continue;
      const end = this.pattern.indexOf(`${class_}]`, this.#at + 1);
      if (end < 0) return undefined;
      this.#at = end + 2;
    }
    const inside = this.pattern.slice(begin, this.#at);
    if (!this.#takes(']')) return undefined;
    return /^[\w.]{1,8}$/.test(inside) ? [...inside].map((one) => this.#text(one)) : [of('unknown')];
  }

  /** A letter behind a backslash is somewhere between two, or one of many. */
  #escaped(): Branch[] | undefined {
    if (this.isAtEnd) return undefined;
    const character = this.#take();
    return [/^[A-Za-z0-9<>`']$/.test(character) ? of('unknown') : this.#text(character)];
  }

  /** Names are compared in small letters. */
  #text(character: string): Branch {
    if (!/^[\w.-]$/.test(character)) return of('unknown');
    const text = character.toLowerCase();
    return text !== character && !this.ignoresCase ? of('never') : [{ kind: 'text', text }];
  }

  get #next(): string {
    return this.pattern[this.#at] ?? '';
  }

  #take(): string {
    return this.pattern[this.#at++] ?? '';
  }

  #takes(character: string): boolean {
    if (this.isAtEnd || this.#next !== character) return false;
    this.#at++;
    return true;
  }
}

function isOne(branches: readonly Branch[]): boolean {
  return branches.length === 1 && branches[0]?.length === 1 && branches[0][0]?.kind === 'one';
}
