/** Captured or foreign text on one line: it must not steer the terminal or CI server it is shown on. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
