import { wildcard } from '../site/match/wildcard.js';
import type { ProxySetting, Site } from '../site/schema.js';
import type { Hint } from './hint.js';

/** What the author of bypass lists and PAC files should know about their text, each thing once. */
export function lintProxySettings(site: Site): Hint[] {
  const own = site.servers.flatMap((server, at) =>
    Object.entries(server['proxy-settings']).map(([stack, setting]): [string, ProxySetting] => [
      `servers[${at}].proxy-settings.${stack}`,
      setting,
    ]),
  );
  const told: [place: string, ProxySetting][] = [
    ['proxy.bypass', { bypass: site.proxy?.bypass ?? [] }],
    ['pac.file', { pac: site.pac?.file ?? '' }],
    ['wpad.file', { pac: site.wpad?.file ?? '' }],
    ...own,
  ];
  return told.flatMap(([place, setting]) => {
    if (typeof setting === 'string') return [];
    if ('pac' in setting) return lintFile(place, setting.pac);
    return [...new Set(setting.bypass)].flatMap((entry) => lintEntry(place, entry));
  });
}

function lintEntry(place: string, entry: string): Hint[] {
  const hint = (message: string, suggestion: string) => [
    { place, rule: entry, message: `${place}: ${message}`, suggestion },
  ];
  if (/^\.[^*]+$/.test(entry))
    return hint(`"${entry}" can never match: bypass lists know no leading dot`, `*${entry}`);
  const [, end] = /^\*([^*.\d][^*]*)$/.exec(entry) ?? [];
  const [open] = end === undefined ? [] : wildcard.lint({ text: entry });
  return open?.suggestion ? hint(open.message, open.suggestion) : [];
}

/** A call with a host that is written out. */
const callOf = /\b(dnsDomainIs|shExpMatch)\(\s*\w+\s*,\s*(["'])([^"'\n]{1,253})\2\s*\)/g;

/** Calls that mean other than they look. */
function lintFile(place: string, text: string): Hint[] {
  const hints = [...text.matchAll(callOf)].flatMap(([call, name, , said = '']): Hint[] => {
    const hint = (message: string) => [{ place, rule: call, message: `${place}: ${call} ${message}` }];
    if (name === 'dnsDomainIs' && /^[^.]+\..*[a-z]$/i.test(said))
      return hint(`is true for every name that ends so, evil${said} too; ".${said}" is about those below it`);
    if (name === 'shExpMatch' && said.includes('|'))
      return hint('is read in two ways: "|" is a character to Windows and here, and "or" to other programs');
    return [];
  });
  return [...new Map(hints.map((one) => [one.rule, one])).values()];
}
