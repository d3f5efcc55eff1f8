/** A change of a text whose lines end in `\n`: some of it is taken away, and something put there. */
export interface Edit {
  /** Characters from the beginning. */
  at: number;
  /** So many are taken away. Default: none. */
  remove?: number;
  insert: string;
}

/** Puts lines before one of a text, from 1. */
export function beforeLine(text: string, line: number, lines: readonly string[]): Edit {
  return { at: startOfLine(text, line), insert: lines.map((one) => `${one}\n`).join('') };
}

/** Puts lines behind one of a text, which may be the last and have no end. */
export function behindLine(text: string, line: number, lines: readonly string[]): Edit {
  const at = startOfLine(text, line + 1);
  if (at > 0 && text[at - 1] !== '\n') return { at, insert: lines.map((one) => `\n${one}`).join('') };
  return { at, insert: lines.map((one) => `${one}\n`).join('') };
}

/** Where a line begins, from 1; of one behind the last, where the text ends. */
export function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

/** A text as it is in its file, with changes; what is new has the line ends of the lines before it. */
export function edited(raw: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((a, b) => a.at - b.at);
  // In the text for which the changes are, every line end is one character.
  const wide = [...raw.matchAll(/\r\n/g)].map(({ index }, count) => index - count);
  let passed = 0;
  const placeOf = (at: number) => {
    while (passed < wide.length && (wide[passed] ?? at) < at) passed++;
    return at + passed;
  };
  let result = '';
  let done = 0;
  for (const { at, remove = 0, insert } of inOrder) {
    const place = placeOf(at);
    result += raw.slice(done, place) + insert.replaceAll('\n', lineEndBefore(raw, place));
    done = Math.max(done, placeOf(at + remove));
  }
  return result + raw.slice(done);
}

function lineEndBefore(raw: string, place: number): string {
  const last = Math.max(raw.lastIndexOf('\n', place - 1), raw.lastIndexOf('\r', place - 1));
  if (place > 0 && last >= 0)
    return raw[last] === '\n' && raw[last - 1] === '\r' ? '\r\n' : (raw[last] ?? '\n');
  return /\r\n?|\n/.exec(raw)?.[0] ?? '\n';
}
