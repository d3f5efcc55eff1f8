import { printable } from '../../model/evidence/printable.js';

/** Captured text beyond this is cut: events.jsonl has it all. Characters. */
const longest = 4000;

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
  const shown = `${cut ? text.slice(0, longest) : text}${cut ? ` … (${text.length - longest} more characters)` : ''}`;
  return printable(shown.replace(/[\t\n\r]+/g, ' '));
}
