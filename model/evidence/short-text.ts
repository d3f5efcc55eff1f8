/** A message is read by people, and stands in logs of others: two kilobytes at most. Bytes of UTF-8. */
export const mostOfMessage = 2000;
/** Of one line of it more is not told: what stands in foreign files has no end. Characters. */
const mostOfLine = 300;

/** A line without its middle, where it has no end. */
export function shortLine(text: string, most: number = mostOfLine): string {
  const [begin, end] = [Math.ceil(most * 0.7), Math.floor(most * 0.25)];
  return text.length <= most ? text : `${text.slice(0, begin)} … ${text.slice(text.length - end)}`;
}

/** As many lines of a message as fit, and the last one, which counts others. */
export function shortMessage(lines: readonly string[]): string {
  const all = lines.map((line) => shortLine(line));
  const last = all.pop() ?? '';
  const told: string[] = [];
  let left = mostOfMessage - Buffer.byteLength(last) - '… and 1000000 more lines …\n'.length;
  for (const line of all) {
    left -= Buffer.byteLength(line) + 1;
    if (left < 0) break;
    told.push(line);
  }
  const rest = all.length - told.length;
  return [...told, ...(rest > 0 ? [`… and ${rest} more lines …`] : []), last].join('\n');
}
