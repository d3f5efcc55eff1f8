import {
  always,
  byInterface,
  bySource,
  isPorts,
  never,
  noInterface,
  otherPorts,
  type Part,
  toAddresses,
} from '../condition.js';
import type { ImportOptions } from '../importer.js';

/** What is known besides the rule. */
export interface Known extends ImportOptions {
  /** Something in the rule set leads connections elsewhere. */
  translates: boolean;
  /** Something in it keeps connections from being tracked: then they are not new. */
  untracks: boolean;
}

type Reader = (values: readonly string[], negated: boolean, known: Known) => Part | undefined;

/** Names of ports as scripts write them; lists have numbers. */
const services: Readonly<Record<string, string>> = {
  ...{ ftp: '21', ssh: '22', telnet: '23', smtp: '25', domain: '53', http: '80', pop3: '110', ntp: '123' },
  ...{ imap2: '143', snmp: '161', ldap: '389', https: '443', 'microsoft-ds': '445', submission: '587' },
  ...{ ldaps: '636', imaps: '993', pop3s: '995', mysql: '3306', 'http-alt': '8080' },
};

const oneOf =
  (...names: string[]): Reader =>
  (values, negated) =>
    values.some((one) => names.includes(one)) === negated ? never : always;

function portOf(text: string): string | undefined {
  const [, comparison, number = ''] = /^(<|>|<=|>=) (\d+)$/.exec(text) ?? [];
  if (comparison === undefined) {
    const ends = text.split('-').map((one) => services[one] ?? one);
    if (ends.length <= 2 && ends.every((one) => /^\d{1,5}$/.test(one))) return ends.join('-');
    return services[text];
  }
  const limit = Number(number) + (comparison === '>' ? 1 : comparison === '<' ? -1 : 0);
  return comparison.startsWith('>') ? `${limit}-65535` : `0-${limit}`;
}

const port: Reader = (values, negated) => {
  const ports = values.map(portOf);
  if (!ports.every((one): one is string => one !== undefined && isPorts(one))) return undefined;
  return { ports: negated ? otherPorts(ports) : ports };
};

/** A client takes any of the upper ones. */
const ownPort: Reader = (values, negated) =>
  !negated && values.some((one) => /^(0|1|1024|32768|49152)-65535$/.test(portOf(one) ?? ''))
    ? always
    : undefined;

const state: Reader = (values, negated, { untracks }) => {
  const [isNew, isUntracked] = ['new', 'untracked'].map((one) => values.includes(one));
  // Of a list without braces nft compares the whole, so that whatever is one of them is none; of a set not.
  if (isNew && negated && values.length > 1) return undefined;
  if (untracks && isNew !== isUntracked) return undefined;
  return isNew === negated ? never : always;
};

const status: Reader = (values, negated, { translates }) => {
  if (values.some((one) => !['dnat', 'seen-reply', 'assured', 'confirmed'].includes(one))) return undefined;
  return values.includes('dnat') && translates ? undefined : negated ? always : never;
};

/** Without the other bits nobody can say what a packet has. */
const flags: Reader = (values, negated) => {
  const [value = ''] = values;
  if (values.length === 1 && value === 'syn') return negated ? never : always;
  const [, mask] = /^syn \/ (.+)$/.exec(value) ?? [];
  return values.length === 1 && mask?.split(',').includes('syn') ? (negated ? never : always) : undefined;
};

const comesBy: Reader = (values, negated, known) => byInterface(known.comesBy, values, negated, '*');
const goesBy: Reader = (values, negated, known) => byInterface(known.goesBy, values, negated, '*');

const readers: Readonly<Record<string, Reader>> = {
  'meta l4proto': oneOf('tcp', '6'),
  'ip protocol': oneOf('tcp', '6'),
  'meta nfproto': oneOf('ipv4', '2'),
  'meta protocol': oneOf('ip', 'ipv4', '0x0800', '0x800', '2048'),
  'ether type': oneOf('ip', 'ipv4', '0x0800', '0x800', '2048'),
  'ip version': oneOf('4'),
  'tcp dport': port,
  'th dport': port,
  'tcp sport': ownPort,
  'th sport': ownPort,
  'tcp flags': flags,
  'ip daddr': (values, negated, { comesBy }) =>
    toAddresses(values, negated, { passes: comesBy !== noInterface }),
  'ip saddr': (values, negated, { serverAddress }) =>
    values.includes('0.0.0.0/0') ? (negated ? never : always) : bySource(serverAddress, values, negated),
  'meta iifname': comesBy,
  'meta iif': comesBy,
  'meta oifname': goesBy,
  'meta oif': goesBy,
  'ct state': state,
  'ct status': status,
  'ct direction': oneOf('original', '0'),
  'fib daddr type': (values, negated) =>
    values.every((one) =>
      ['local', 'broadcast', 'multicast', 'anycast', 'blackhole', 'unreachable', 'prohibit'].includes(one),
    )
      ? negated
        ? always
        : never
      : oneOf('unicast')(values, negated, { translates: false, untracks: false }),
};

/** Whether a packet has to be of another kind than those of TCP over IPv4, whatever is asked of it. */
export function isOfAnotherKind(selector: string): boolean {
  return /^(udp|ip6|icmp|icmpv6|igmp|arp|sctp|dccp|udplite|ah|esp|comp) /.test(selector);
}

/** What a part of a rule asks of a new TCP connection of IPv4; undefined: nobody can say. */
export function partOf(
  selector: string,
  values: readonly string[],
  negated: boolean,
  known: Known,
): Part | undefined {
  if (isOfAnotherKind(selector)) return never;
  if (values.length === 0) return { never: !negated };
  const [, mask] = /^tcp flags & (.+)$/.exec(selector) ?? [];
  if (mask !== undefined)
    return mask.split(',').includes('syn') && values.length === 1 ? flags(values, negated, known) : undefined;
  return (Object.hasOwn(readers, selector) ? readers[selector] : undefined)?.(values, negated, known);
}
