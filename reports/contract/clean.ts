/** Captured text beyond this is cut: events.jsonl has it all. Characters. */
const longest = 4000;

/**
 * Control characters, halves of surrogate pairs, and characters that turn the direction of the text
 * around them are shown as replacement characters: nothing captured may look like something else.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;

/**
 * JSON in which every text can be shown: neither endless nor with characters that hide or turn
 * others. Keys are in order, so that what is equal is told the same, wherever it was read.
 */
export function cleanJson(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => {
    if (typeof one === 'string') return cleanText(one);
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function cleanText(text: string): string {
  // Nearly every text is short and plain.
  if (text.length <= longest && /^[\x20-\x7e]*$/.test(text)) return text;
  const cut = text.length > longest;
  return `${cut ? text.slice(0, longest) : text}${cut ? ` … (${text.length - longest} more characters)` : ''}`
    .replace(/[\t\n\r]+/g, ' ')
    .replace(unprintable, '\ufffd');
}
