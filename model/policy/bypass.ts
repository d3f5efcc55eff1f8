import { wildcard } from '../site/match/wildcard.js';

/**
 * The entry of a bypass list that sends a host directly: `*` is any characters, dots too; `<local>` is every
 * name without a dot. The text is compared, never the address behind a name.
 */
export function bypassing(list: readonly string[], host: string): string | undefined {
  const name = host.toLowerCase();
  return list.find((entry) =>
    entry === '<local>' ? !name.includes('.') : wildcard.matcher(entry.toLowerCase())(name),
  );
}
