import { distance } from 'fastest-levenshtein';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { rangeOf } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import type { MatchName } from '../site/match/index.js';
import { blocksOf } from './by-place.js';

/** A slip of the hand: one letter of eight, and two at most. */
const mostSlips = 2;
const lettersForASlip = 8;

/**
 * Why a destination that is not about a host is nearly about it, in words that follow its rule's name;
 * undefined: it is about something else.
 */
export function nearHost(
  destination: string,
  match: MatchName,
  host: string,
  address: string,
): string | undefined {
  const pattern = canonical(destination);
  const name = canonical(host);
  if (match === 'address') return nearAddress(destination, address);
  if (match === 'service-tag' || match === 'any' || match === 'wildcard') return undefined;
  const [beforePath = ''] = pattern.split('/');
  if (pattern.includes('/'))
    return beforePath === name ? 'is about a path, and a host is only ever called as its name' : undefined;
  return pattern.startsWith('*.')
    ? nearStar(pattern.slice(2), match, name)
    : (nearName(pattern, name) ?? slip(pattern, name));
}

function nearStar(domain: string, match: MatchName, name: string): string | undefined {
  if (name === domain) return `is about names below ${domain}, not about ${domain} itself`;
  if (name.endsWith(`.${domain}`)) {
    // Of names below it only these two kinds leave some out.
    if (match === 'exact') return 'is compared letter by letter, and no host has a star in its name';
    const labels = name.slice(0, -domain.length - 1).split('.').length;
    return `is about one label before ${domain}, and ${name} has ${labels}`;
  }
  const above = domain.slice(domain.indexOf('.') + 1);
  if (above.includes('.') && name.endsWith(`.${above}`)) {
    const typo = slip(domain, tailOf(name, domain));
    return typo ?? `is about names below ${domain}, and ${name} is below ${above}`;
  }
  return slip(domain, tailOf(name, domain));
}

/** A name alone, where others of its domain are wanted. */
function nearName(pattern: string, name: string): string | undefined {
  return name.endsWith(`.${pattern}`) ? `is about ${pattern} alone, and ${name} is below it` : undefined;
}

/** As many labels of the end of a name as a domain has. */
function tailOf(name: string, domain: string): string {
  let from = name.length;
  for (let dot = 0; dot >= 0 && from >= 0; dot = domain.indexOf('.', dot + 1))
    from = name.lastIndexOf('.', from - 1);
  return name.slice(from + 1);
}

function slip(written: string, meant: string): string | undefined {
  if (Math.abs(written.length - meant.length) > mostSlips || documented().has(written)) return undefined;
  const letters = distance(written, meant);
  if (letters === 0 || letters > Math.min(mostSlips, Math.floor(written.length / lettersForASlip)))
    return undefined;
  return `is about ${written}, which is not ${meant}, but ${letters} letter${letters === 1 ? '' : 's'} away`;
}

function nearAddress(destination: string, address: string): string | undefined {
  const [range, one] = [rangeOf(destination), rangeOf(address)];
  const [block] = one ? blocksOf(one) : [];
  if (!range || block === undefined || blocksOf(range)[0] !== block) return undefined;
  return `is about ${destination}, and ${address} is beside it`;
}

let names: ReadonlySet<string> | undefined;

/** What the pages write is no slip, however near two of their rows are. */
function documented(): ReadonlySet<string> {
  names ??= new Set(
    (['public', 'us-government'] as const).flatMap((cloud) =>
      documentedHosts(cloud).map(({ rule }) => rule.replace(/^\*\./, '')),
    ),
  );
  return names;
}
