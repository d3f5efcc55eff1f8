/** One line that sets something, without `set` and without where it stands. */
export interface Setting {
  words: string[];
  /** From 1. */
  line: number;
  text: string;
}

export interface Problem {
  line: number;
  text: string;
  why: string;
}

/** Lines of one place: `vsys vsys1`, `device-group Branches`, `shared`, or nothing. */
export type Places = Map<string, Setting[]>;

/** What stands before the place's own words. */
const prefixes: Readonly<Record<string, number>> = {
  vsys: 2,
  'device-group': 2,
  template: 2,
  'template-stack': 2,
  shared: 1,
};

/** A configuration of PAN-OS in its `set` form, by the places in it. */
export function readSet(text: string): { places: Places; problems: Problem[] } {
  const places: Places = new Map();
  const problems: Problem[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const line = index + 1;
    const own = written.trim();
    if (own === '' || own.startsWith('#') || isPrompt(own)) continue;
    const words = wordsOf(own);
    if (words[0] !== 'set') {
      const why =
        words[0] === 'delete' || words[0] === 'move' || words[0] === 'rename'
          ? 'it changes what stands before it, which is not worked out here'
          : 'it does not begin with "set"';
      problems.push({ line, text: own.slice(0, 1000), why });
      continue;
    }
    let at = 1;
    if (words[at] === 'devices' && words[at + 1] === 'localhost.localdomain') at += 2;
    if (words[at] === 'config') at += 1;
    const length = Object.hasOwn(prefixes, words[at] ?? '') ? (prefixes[words[at] ?? ''] ?? 0) : 0;
    const place = words.slice(at, at + length).join(' ');
    const settings = places.get(place) ?? [];
    places.set(place, settings);
    settings.push({ words: words.slice(at + length), line, text: own.slice(0, 1000) });
  }
  return { places, problems };
}

/** `admin@PA-220> show`, `admin@PA-220# show rulebase`, of a terminal that was copied. */
function isPrompt(line: string): boolean {
  return /^[\w.-]{1,64}@[^\s>#]{1,128}[>#]/.test(line) || /^(\[edit|(show|configure|exit|quit)\b)/.test(line);
}

/** Words, with what is quoted as one; brackets around a list are words of their own. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  const token = /"((?:[^"\\]|\\.)*)"?|([[\]])|([^\s"[\]]+)/g;
  for (const [, quoted, bracket, plain] of line.matchAll(token))
    words.push(quoted?.replaceAll(/\\(.)/g, '$1') ?? bracket ?? plain ?? '');
  return words;
}

/** The values of a list, of which one stands without brackets. */
export function listOf(words: readonly string[]): string[] {
  return words.filter((word) => word !== '[' && word !== ']');
}
