/** What a JSON text may cost. */
export interface JsonBounds {
  /** Characters. */
  length: number;
  /** Brackets in each other. */
  depth: number;
  /** Values, keys and brackets together. */
  values: number;
}

/** Of a file to import, which may have 20 MiB. */
export const importedJson: JsonBounds = { length: 20 * 1024 * 1024, depth: 100, values: 3_000_000 };

/** A text is not what is read here, or too much of it; the message says which, after its file's name. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** JSON as plain data, of which the cost is bounded before it is parsed. @throws JsonError */
export function parseJson(text: string, bounds: JsonBounds): unknown {
  const much = tooMuchJson(text, bounds);
  if (much !== undefined) throw new JsonError(much);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JsonError('is cut off or not JSON', { cause: error });
  }
}

/** Why a text is not parsed, in words. One look at each character, whatever it is. */
export function tooMuchJson(text: string, { length, depth, values }: JsonBounds): string | undefined {
  if (text.length > length) return `has ${text.length} characters; ${length} are the most`;
  let [open, count, isString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString) {
      if (code === backslash) at++;
      else if (code === quote) isString = false;
      continue;
    }
    if (code === quote) isString = true;
    else if (code === comma || code === colon) count++;
    else if (code === brace || code === bracket) {
      count++;
      if (++open > depth) return `is nested deeper than ${depth} levels`;
    } else if (code === braceEnd || code === bracketEnd) open--;
    if (count > values) return `has more than ${values} values`;
  }
  return undefined;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [brace, braceEnd, bracket, bracketEnd] = [0x7b, 0x7d, 0x5b, 0x5d];
