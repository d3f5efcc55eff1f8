/** One `edit` of a section, with what is set in it. */
export interface Entry {
  name: string;
  /** From 1. */
  line: number;
  values: Map<string, string[]>;
}

/** What a section has, by the names of its entries, in order. */
export type Section = Map<string, Entry>;

/** Sections of one virtual domain by their names: `firewall policy`. */
export type Domain = Map<string, Section>;

export interface Problem {
  line: number;
  text: string;
  why: string;
  /** It may change what rules or objects say. */
  isOfFirewall: boolean;
}

interface Command {
  words: string[];
  line: number;
  text: string;
}

type Frame = { kind: 'config'; name: string } | { kind: 'edit'; name: string; line: number };

/** Devices write three or four. */
const deepest = 16;

/** A configuration of FortiOS as `show` and backups write it: sections, entries and what is set in them. */
export class FortiConfig {
  /** By the names of virtual domains; without any there is one that is called nothing. */
  readonly domains = new Map<string, Domain>();
  readonly problems: Problem[] = [];
  readonly #frames: Frame[] = [];

  constructor(text: string) {
    for (const command of commandsOf(text, this.problems)) {
      if (this.#frames.length < deepest) this.#obey(command);
      else {
        this.#tell(command, `it is more than ${deepest} deep: what comes behind is not read`);
        break;
      }
    }
    const open = this.#frames.find(({ kind }) => kind === 'config');
    if (open) this.#tell({ words: [], line: text.split('\n').length, text: '' }, 'it ends in the middle');
  }

  #obey(command: Command): void {
    const [word = '', ...rest] = command.words;
    const top = this.#frames.at(-1);
    if (word === 'config') this.#frames.push({ kind: 'config', name: rest.join(' ') });
    else if (word === 'edit' && top?.kind === 'config') this.#edit(rest[0] ?? '', command.line);
    else if (word === 'next' && top?.kind === 'edit') this.#frames.pop();
    else if (word === 'end' && top) {
      if (top.kind === 'edit') this.#frames.pop();
      this.#frames.pop();
    } else if (isChange(word) && top?.kind === 'edit') this.#change(word, rest);
    // Settings of a section without entries, such as those of the system, are of no rule.
    else if (!(isChange(word) && top) && !isPrompt(command.text))
      this.#tell(command, 'what it does to the rest is not known here');
  }

  #edit(name: string, line: number): void {
    this.#frames.push({ kind: 'edit', name, line });
    const section = this.#section();
    if (section && !section.has(name)) section.set(name, { name, line, values: new Map() });
  }

  #change(word: keyof typeof changes, [key = '', ...values]: string[]): void {
    const top = this.#frames.at(-1);
    const entry = this.#section()?.get(top?.name ?? '');
    const after = changes[word](entry?.values.get(key) ?? [], values);
    if (after) entry?.values.set(key, after);
    else entry?.values.delete(key);
  }

  /** Where the entry stands that is open; undefined: in another entry, or in none. */
  #section(): Section | undefined {
    const place = placeOf(this.#frames);
    if (!place) return undefined;
    const domain = this.domains.get(place.domain) ?? new Map<string, Section>();
    this.domains.set(place.domain, domain);
    const section = domain.get(place.section) ?? new Map<string, Entry>();
    domain.set(place.section, section);
    return section;
  }

  #tell({ line, text }: Command, why: string): void {
    const isOfFirewall = this.#frames.some(({ kind, name }) => kind === 'config' && /^firewall\b/.test(name));
    this.problems.push({ line, text, why, isOfFirewall });
  }
}

/** What is set becomes of what was; undefined: nothing is set. */
const changes = {
  set: (_, now) => now,
  append: (before, now) => {
    before.push(...now);
    return before;
  },
  unselect: (before, now) => before.filter((one) => !now.includes(one)),
  unset: () => undefined,
} satisfies Record<string, (before: string[], now: string[]) => string[] | undefined>;

function isChange(word: string): word is keyof typeof changes {
  return Object.hasOwn(changes, word);
}

/** Virtual domains hold sections, sections hold others; an entry in an entry is part of that. */
function placeOf(frames: readonly Frame[]): { domain: string; section: string } | undefined {
  const [first, second] = frames;
  const isDomain = first?.name === 'vdom' && second?.kind === 'edit';
  const isGlobal = first?.name === 'global';
  const own = frames.slice(isDomain ? 2 : isGlobal ? 1 : 0);
  const sections = own.slice(0, -1);
  if (own.at(-1)?.kind !== 'edit' || sections.length === 0) return undefined;
  if (sections.some(({ kind }) => kind === 'edit')) return undefined;
  return { domain: isDomain ? second.name : '', section: sections.map(({ name }) => name).join(' ') };
}

/** `FGT-1 (root) # show firewall policy`: what was typed, of a terminal that was copied. */
function isPrompt(text: string): boolean {
  return /^\S{1,64} (\(\S{1,64}\) )?[#$]( |$)/.test(text) || /^--More--/.test(text);
}

/** Words of each line; what is quoted may go over several lines. */
function* commandsOf(text: string, problems: Problem[]): Generator<Command> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const command: Command = { words: [], line, text: '' };
    const begin = at;
    let word: string | undefined;
    while (at < text.length && text[at] !== '\n') {
      const sign = text[at] ?? '';
      if (sign === '#' && word === undefined && command.words.length === 0) {
        const end = text.indexOf('\n', at);
        at = end < 0 ? text.length : end;
        break;
      }
      if (sign === '"' || (sign === "'" && word === undefined)) {
        const quoted = quotedAt(text, at);
        word = (word ?? '') + quoted.value;
        for (
          let next = text.indexOf('\n', at);
          next >= 0 && next < quoted.end;
          next = text.indexOf('\n', next + 1)
        )
          line++;
        at = quoted.end;
        if (!quoted.isClosed) {
          const why = 'a quote that nobody closes takes the rest of the file';
          problems.push({
            line: command.line,
            text: text.slice(begin, begin + 160),
            why,
            isOfFirewall: true,
          });
        }
        continue;
      }
      if (sign === ' ' || sign === '\t' || sign === '\r') {
        if (word !== undefined) command.words.push(word);
        word = undefined;
      } else word = (word ?? '') + sign;
      at++;
    }
    if (word !== undefined) command.words.push(word);
    command.text = text.slice(begin, at).trim();
    at++;
    line++;
    if (command.words.length > 0) yield command;
  }
}

function quotedAt(text: string, at: number): { value: string; end: number; isClosed: boolean } {
  const quote = text[at];
  const parts: string[] = [];
  let from = at + 1;
  for (let next = from; next < text.length; next++) {
    if (text[next] === '\\' && quote === '"') {
      parts.push(text.slice(from, next));
      from = ++next;
    } else if (text[next] === quote)
      return { value: [...parts, text.slice(from, next)].join(''), end: next + 1, isClosed: true };
  }
  return { value: [...parts, text.slice(from)].join(''), end: text.length, isClosed: false };
}
