import { rangeOf } from '../../site/address-range.js';
import { everything, type Meaning, meaning, NamedObjects, nothing, notSaid } from '../named-objects.js';
import { lastOf, type Named, namedBelow } from './read-rules.js';
import type { Setting } from './read-set.js';

export interface Objects {
  addresses: NamedObjects;
  services: NamedObjects;
  /** Lists of hosts that rules call as categories of URLs. */
  categories: NamedObjects;
  /** Names of groups of profiles by which URLs are judged; undefined of a group that is not in the file. */
  judgesUrls(group: string): boolean | undefined;
}

const services: ReadonlyMap<string, Meaning> = new Map([
  ['any', everything],
  ['service-http', meaning('80', '8080')],
  ['service-https', meaning('443')],
]);

/** What rules call by name; what is said last, of the place itself, counts before what is shared. */
export function objectsOf(settings: readonly Setting[]): Objects {
  const addresses = new NamedObjects('address', (name) => {
    if (name === 'any') return everything;
    return rangeOf(name) ? addressMeaning(name) : undefined;
  });
  for (const one of namedBelow(settings, ['address'])) addresses.define(one.name, addressOf(one));
  for (const one of namedBelow(settings, ['external-list']))
    addresses.define(one.name, notSaid(`external list "${one.name}": what is in it is not in this file`));
  for (const one of namedBelow(settings, ['address-group']))
    if (one.values.has('dynamic'))
      addresses.define(one.name, notSaid(`address group "${one.name}" goes by tags`));
    else addresses.group(one.name, one.values.get('static') ?? []);
  const ownServices = new NamedObjects('service', (name) => services.get(name));
  for (const one of namedBelow(settings, ['service'])) ownServices.define(one.name, serviceOf(one));
  for (const one of namedBelow(settings, ['service-group']))
    ownServices.group(one.name, one.values.get('members') ?? []);
  const categories = new NamedObjects('URL category', (name) => (name === 'any' ? everything : undefined));
  for (const one of namedBelow(settings, ['profiles', 'custom-url-category']))
    categories.define(one.name, categoryOf(one));
  const groups = new Map(
    namedBelow(settings, ['profile-group']).map((one) => [one.name, one.values.has('url-filtering')]),
  );
  return { addresses, services: ownServices, categories, judgesUrls: (group) => groups.get(group) };
}

function addressMeaning(text: string): Meaning {
  return /^0\.0\.0\.0\/0$/.test(text) ? everything : meaning(text.replace(/^([\d.]+)\/32$/, '$1'));
}

function addressOf(one: Named): Meaning {
  const address = lastOf(one, 'ip-netmask') ?? lastOf(one, 'ip-range');
  if (address !== undefined && rangeOf(address)) return addressMeaning(address);
  const name = lastOf(one, 'fqdn')?.toLowerCase();
  return name !== undefined && isName(name) ? meaning(name) : notSaid(`address "${one.name}"`);
}

/** `protocol tcp port 443,8000-8100`, perhaps with `source-port` in words behind it. */
function serviceOf(one: Named): Meaning {
  const words = one.values.get('protocol') ?? [];
  const after = (word: string) => (words.includes(word) ? words[words.lastIndexOf(word) + 1] : undefined);
  if (!words.includes('tcp')) return words.length > 0 ? nothing : notSaid(`service "${one.name}"`);
  const from = after('source-port');
  // A client takes any of the upper ones.
  if (from !== undefined && !/^(0|1|1024|32768|49152)-65535$/.test(from))
    return notSaid(`service "${one.name}" (of a client's port ${from})`);
  return meaning(...(after('port') ?? '1-65535').split(',').map((port) => port.trim().replace(/^0-/, '1-')));
}

/** `*.msappproxy.net/`, without paths. */
function categoryOf(one: Named): Meaning {
  const strange = (text: string) => notSaid(`URL category "${one.name}" (${text})`);
  if (/match/i.test(lastOf(one, 'type') ?? '')) return strange('by other categories');
  const hosts: string[] = [];
  for (const text of one.values.get('list') ?? []) {
    const host = text
      .replace(/^https?:\/\//i, '')
      .replace(/\/\*?$/, '')
      .toLowerCase();
    if (!isName(host.replace(/^\*\./, '')) && !rangeOf(host)) return strange(text);
    hosts.push(host);
  }
  return meaning(...hosts);
}

function isName(text: string): boolean {
  return /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(text) && text.length <= 253;
}
