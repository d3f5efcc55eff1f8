/** A text up to where a mark first stands in it; all of it, where none does. */
export function upTo(mark: string, text: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** A text without the signs of one kind that it ends with. An expression would go over runs of them again and again. */
export function withoutEnd(sign: string, text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end--;
  return text.slice(0, end);
}
