/**
 * Control characters, halves of surrogate pairs, and characters that are not seen or turn the direction
 * of the text around them.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;

/**
 * Captured or foreign text on one line: it must not steer the terminal or CI server that it is shown
 * on, nor look like something else. What would is shown as a replacement character.
 */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}
