/**
 * The line, from 1, in which each object of a list in a JSON text begins. `depth`: how many brackets are open
 * where they begin, 1 in a list that is all.
 */
export function linesOfItems(text: string, depth: number): number[] {
  const lines: number[] = [];
  let [open, line] = [0, 1];
  // A text that nobody closed ends with the file: looked for once more from each quote, it would take for ever.
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|[{}[\]]|\r\n?|\n/g)) {
    if (mark === '{' || mark === '[') {
      if (open === depth && mark === '{') lines.push(line);
      open++;
    } else if (mark === '}' || mark === ']') open--;
    else if (!mark.startsWith('"')) line++;
  }
  return lines;
}
