/** Parts of a regular expression of names, and what they are in a bypass entry of Windows. */
const parts: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^\\\./, () => '.'],
  [/^(?:\.|\\[wS]|\[[^\]\\^]{1,40}\])[*+]\??/, () => '*'],
  [/^(?:\\d|\[0-9\])(?:[*+]\??|\{\d(?:,\d?)?\})?/, () => '*'],
  [/^[\w-](?![*+?{])/, (text) => text],
  // Nobody who writes it so means another character.
  [/^\.(?![?{])/, () => '.'],
];

/**
 * What a regular expression of .NET's bypass list says as Windows writes it (`*.contoso.test`); undefined: no
 * such entry says it. .NET looks for it anywhere in `http://host:port`.
 */
export function bypassEntry(pattern: string): string | undefined {
  const [scheme = ''] = /^\^?(?:https?\??:(?:\/\/|\\\/\\\/))?/i.exec(pattern) ?? [];
  const [end = ''] = /(?:\/?\$|\/)?$/.exec(pattern) ?? [];
  let rest = pattern.slice(scheme.length, pattern.length - end.length);
  if (rest === '') return undefined;
  const isOfAddresses = /^(?:[\d.]|\\[d.]|\[0-9\]|[*+{},])+$/.test(rest);
  let entry = scheme === '' && !isOfAddresses ? '*' : '';
  while (rest !== '') {
    let length = 0;
    for (const [part, says] of parts) {
      const [text = ''] = part.exec(rest) ?? [];
      if (text === '') continue;
      entry += says(text);
      length = text.length;
      break;
    }
    if (length === 0) return undefined;
    rest = rest.slice(length);
  }
  if (end === '') entry += '*';
  return entry.replaceAll(/\*+/g, '*');
}
