/**
 * Control characters, halves of surrogate pairs, and characters that are not seen or turn the direction
 * of the text around them: whole sentences can be written in tags (U+E0041), which a program reads and nobody sees.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\ufffe\uffff]/gu;

/**
 * Captured or foreign text on one line: it must not steer the terminal or CI server that it is shown
 * on, nor look like something else. What would is shown as a replacement character.
 */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}
