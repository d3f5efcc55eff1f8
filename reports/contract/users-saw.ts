import type { Page, ResultName } from '../../model/evidence/vocabulary.js';
import type { SeenByUsers } from '../../model/verdict/check-results.js';

const pageWords: Record<Page, string> = {
  application: 'see the application',
  'sign-in': 'see the sign-in page again',
  'gateway-timeout': 'see a gateway timeout (504)',
  'bad-gateway': 'see a bad gateway (502)',
  forbidden: 'are refused (403)',
  'connector-unauthorized': 'see that the connector is not authorised (500)',
  'not-found': 'see that nothing is published there (404)',
  'service-error': 'see an error of the service',
  unreachable: 'get no answer',
};

/** What users of a thing see or get, as the rest of a sentence about them. */
export function sawInWords(saw: Page | ResultName): string {
  const words: Partial<Record<string, string>> = pageWords;
  return words[saw] ?? (saw === 'ok' ? 'are connected' : `cannot connect (${saw})`);
}

/** What users saw of a site, in a sentence: those who were not served, by what they saw. */
export function usersInWords(users: readonly SeenByUsers[]): string {
  if (users.length === 0) return 'No user asked for anything.';
  const failing = users.filter(({ works }) => !works);
  if (failing.length === 0) return `Users were served in this run${byEarlier(users)}.`;
  const groups = new Map<string, Set<string>>();
  for (const one of failing) {
    const words = `${sawInWords(one.saw)}${throughWhom(one, users)}`;
    groups.set(words, (groups.get(words) ?? new Set()).add(one.name));
  }
  const told = [...groups].map(([words, names]) => `users of ${listed([...names])} ${words}`).join('; ');
  const failed = new Set(failing.map(({ name }) => name));
  const served = new Set(users.map(({ name }) => name)).size - failed.size;
  const rest = served === 0 ? '' : `; those of ${served} other${served === 1 ? '' : 's'} were served`;
  return `U${told.slice(1)}${rest}.`;
}

/** That it was not a new connector which served, and where, if some servers have a new one. */
function byEarlier(users: readonly SeenByUsers[]): string {
  const servers = new Set(users.filter(({ earlier }) => earlier).map(({ server }) => server));
  if (servers.size === 0) return '';
  if (users.every(({ earlier }) => earlier)) return ', by connectors that were there before';
  return `; on ${listed([...servers])} by a connector that was there before, a new one would not serve them`;
}

/** The server, where users of the same thing were served through another one. */
function throughWhom({ name, server }: SeenByUsers, users: readonly SeenByUsers[]): string {
  return users.some((one) => one.name === name && one.works) ? ` through ${server}` : '';
}

function listed(names: readonly string[]): string {
  const [first = '', second] = names;
  if (names.length > 3) return `${first} and ${names.length - 1} others`;
  return second === undefined ? first : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
