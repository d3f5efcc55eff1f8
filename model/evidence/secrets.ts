/** Who asks a proxy by `user:password@host` is told as `***@host`. */
export function withoutAccounts(text: string): string {
  // Pieces end where no name or password goes on: each sign is looked at once, whatever the text.
  return text
    .split(/(?<=[\s;/@])/)
    .map((piece) => {
      if (!piece.endsWith('@')) return piece;
      const parts = piece.slice(0, -1).split('=');
      const named = parts.findIndex((part) => part.indexOf(':', 1) > 0);
      return named < 0 ? piece : [...parts.slice(0, named), '***@'].join('=');
    })
    .join('');
}

const secretName = /pass|(?:login|secret|token|key)$/i;

/** Values of `login=`, `password=`, `secret=`, `token=`, `key=` are told as `***`. */
export function withoutValues(text: string): string {
  const told: string[] = [];
  let from = 0;
  for (const found of text.matchAll(/(?<!\w)(\w+)\s*=(?=\S)/g)) {
    const begin = found.index + found[0].length;
    if (found.index < from || !secretName.test(found[1] ?? '')) continue;
    const space = /\s/g;
    space.lastIndex = begin;
    told.push(text.slice(from, begin), '***');
    from = space.exec(text)?.index ?? text.length;
  }
  return [...told, text.slice(from)].join('');
}
