import { rangeOf } from '../../site/address-range.js';
import { everything, type Meaning, meaning, NamedObjects, nothing, notSaid } from '../named-objects.js';
import type { Domain, Entry } from './read-config.js';

/** Services that every device has from the beginning, as far as a paste without them may name them. */
const services: ReadonlyMap<string, Meaning> = new Map(
  Object.entries<Meaning>({
    ...{
      ALL: everything,
      ALL_TCP: everything,
      HTTP: meaning('80'),
      HTTPS: meaning('443'),
      SSH: meaning('22'),
    },
    ...{ ALL_UDP: nothing, ALL_ICMP: nothing, ALL_ICMP6: nothing, PING: nothing, NTP: nothing },
    DNS: meaning('53'),
  }),
);
const any4: Meaning = everything;
/** All of IPv6, and nothing of IPv4. */
const any6 = meaning('::/0');

export interface Objects {
  addresses: NamedObjects;
  /** Of IPv6. */
  addresses6: NamedObjects;
  services: NamedObjects;
}

/** What rules of a virtual domain call by name. */
export function objectsOf(domain: Domain): Objects {
  const section = (name: string) => [...(domain.get(`firewall ${name}`)?.values() ?? [])];
  const published = new Set(
    ['vip', 'vipgrp', 'vip6', 'vipgrp6'].flatMap((name) => section(name).map((one) => one.name)),
  );
  // Who comes to what is published comes from outside, and to no host of the cloud.
  const inside = (name: string) => (published.has(name) ? nothing : undefined);
  const addresses = new NamedObjects('address', (name) =>
    name === 'all' ? any4 : name === 'none' ? nothing : inside(name),
  );
  const addresses6 = new NamedObjects('address', (name) =>
    name === 'all' ? any6 : name === 'none' ? nothing : inside(name),
  );
  for (const one of section('address')) addresses.define(one.name, addressOf(one));
  for (const one of section('wildcard-fqdn custom'))
    addresses.define(one.name, domainOf(one, 'wildcard-fqdn'));
  for (const one of section('address6')) addresses6.define(one.name, addressOf6(one));
  for (const one of section('addrgrp')) defineGroup(addresses, one);
  for (const one of section('addrgrp6')) defineGroup(addresses6, one);
  const own = new NamedObjects('service', (name) => services.get(name));
  for (const one of section('service custom')) own.define(one.name, serviceOf(one));
  for (const one of section('service group')) defineGroup(own, one);
  return { addresses, addresses6, services: own };
}

export function firstOf({ values }: Entry, key: string): string | undefined {
  return values.get(key)?.[0];
}

function defineGroup(objects: NamedObjects, entry: Entry): void {
  if (firstOf(entry, 'exclude') === 'enable')
    objects.define(entry.name, notSaid(`group "${entry.name}" leaves some out (exclude-member)`));
  else objects.group(entry.name, entry.values.get('member') ?? []);
}

function addressOf(entry: Entry): Meaning {
  const type = firstOf(entry, 'type') ?? 'ipmask';
  const strange = notSaid(`address "${entry.name}" (${type})`);
  if (type === 'fqdn') return domainOf(entry, 'fqdn');
  if (type === 'wildcard-fqdn') return domainOf(entry, 'wildcard-fqdn');
  if (type === 'iprange') return rangeFrom(firstOf(entry, 'start-ip'), firstOf(entry, 'end-ip')) ?? strange;
  if (type !== 'ipmask') return strange;
  const [address = '0.0.0.0', mask = '0.0.0.0'] = entry.values.get('subnet') ?? [];
  const text = address.includes('/') ? address : `${address}/${mask}`;
  if (/^0\.0\.0\.0\/(0|0\.0\.0\.0)$/.test(text)) return any4;
  return rangeOf(text) ? meaning(text.replace(/\/(32|255\.255\.255\.255)$/, '')) : strange;
}

function addressOf6(entry: Entry): Meaning {
  const type = firstOf(entry, 'type') ?? 'ipprefix';
  const strange = notSaid(`address "${entry.name}" (${type})`);
  if (type === 'fqdn') return domainOf(entry, 'fqdn');
  if (type === 'iprange') return rangeFrom(firstOf(entry, 'start-ip'), firstOf(entry, 'end-ip')) ?? strange;
  const text = firstOf(entry, 'ip6') ?? '::/0';
  return type === 'ipprefix' && rangeOf(text) ? meaning(text) : strange;
}

function rangeFrom(first: string | undefined, last: string | undefined): Meaning | undefined {
  const text = `${first ?? '0.0.0.0'}-${last ?? '0.0.0.0'}`;
  return rangeOf(text) ? meaning(first === last && first !== undefined ? first : text) : undefined;
}

/** A name, or `*.name` for every name below it. */
function domainOf(entry: Entry, key: string): Meaning {
  const name = (firstOf(entry, key) ?? '').toLowerCase();
  return /^(\*\.?)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(name) && name.length <= 253
    ? meaning(name)
    : notSaid(`address "${entry.name}" (${key} ${name})`);
}

/** Ports of TCP, written `443`, `8000-8100`, with a client's own behind a colon. */
function serviceOf(entry: Entry): Meaning {
  const protocol = firstOf(entry, 'protocol') ?? 'TCP/UDP/SCTP';
  const number = firstOf(entry, 'protocol-number') ?? '0';
  if (protocol === 'IP') return number === '0' || number === '6' ? everything : nothing;
  if (/^ICMP/.test(protocol)) return nothing;
  const strange = (what: string) => notSaid(`service "${entry.name}" (${what})`);
  if (!/^TCP\//.test(protocol)) return strange(`protocol ${protocol}`);
  for (const key of ['fqdn', 'iprange', 'application', 'app-category', 'app-service-type'])
    if (![undefined, 'disable', '0.0.0.0'].includes(firstOf(entry, key))) return strange(key);
  const ports: string[] = [];
  for (const text of entry.values.get('tcp-portrange') ?? []) {
    const [to = '', from] = text.split(':');
    // A client takes any of the upper ones.
    if (from !== undefined && !/^(0|1|1024|32768|49152)-65535$/.test(from))
      return strange(`of a client's port ${from}`);
    ports.push(to.replace(/^0-/, '1-'));
  }
  return meaning(...ports);
}
