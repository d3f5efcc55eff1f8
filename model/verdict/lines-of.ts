/** A line has no end that anybody waits for; the message says so. */
export class EndlessLineError extends Error {
  override readonly name = 'EndlessLineError';
}

/** Lines of a text that comes in pieces, none of them longer than `most` characters. @throws EndlessLineError */
export async function* linesOf(pieces: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const lines = piece.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      begun.push(line);
      yield begun.join('').replace(/\r$/, '');
      begun = [];
      length = 0;
    }
    begun.push(last);
    length += last.length;
    if (length > most) throw new EndlessLineError(`has a line of more than ${most} characters`);
  }
  if (length > 0) yield begun.join('').replace(/\r$/, '');
}
