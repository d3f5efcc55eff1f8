import { listOf, type Setting } from './read-set.js';

/** What is set of one thing, by its words. */
export interface Named {
  name: string;
  /** Where it is named first. From 1. */
  line: number;
  values: Map<string, string[]>;
}

/** Words behind which the rest of the line is theirs. */
const nested = new Set([
  'profile-setting',
  'option',
  'qos',
  'target',
  'protocol',
  'dynamic',
  'type',
  'action-ssl',
]);

/** Things of one kind in the order in which they are named. `path`: where they stand, `security rules`. */
export function namedBelow(settings: readonly Setting[], path: readonly string[]): Named[] {
  const found = new Map<string, Named>();
  for (const { words, line } of settings) {
    const [name] = words.slice(path.length);
    if (name === undefined || !path.every((word, at) => words[at] === word)) continue;
    const one = found.get(name) ?? { name, line, values: new Map<string, string[]>() };
    found.set(name, one);
    for (const [key, values] of pairsOf(words.slice(path.length + 1)))
      one.values.get(key)?.push(...values) ?? one.values.set(key, values);
  }
  return [...found.values()];
}

/** `show` writes one word and its values in a line; people write several. */
function* pairsOf(words: readonly string[]): Generator<[string, string[]]> {
  for (let at = 0; at < words.length; at++) {
    const key = words[at] ?? '';
    const isList = words[at + 1] === '[';
    const close = isList ? words.indexOf(']', at) : at + 1;
    const end = nested.has(key) || close < 0 ? words.length - 1 : close;
    yield [key, listOf(words.slice(at + 1, end + 1))];
    at = end;
  }
}

/** Of what is said once: the last counts. */
export function lastOf({ values }: Named, key: string): string | undefined {
  return values.get(key)?.at(-1);
}
