/** Of a packet that is logged so much is told, bytes: headers, and a question to a resolver. */
const logBytes = 256;
/** The log group that every rule of the lab writes to. */
export const logGroup = 5;

/** Prefixes that say all with one word or two. */
const plain = [
  /** Sent with a name still to be read: who reads it decides. */
  'edge peek',
  /** From outside to a server. */
  'inbound',
  /** A packet of a connection that nobody remembers. */
  'gone',
  /** Neither TCP nor a question to the resolver. */
  'other',
  'link lost',
  'link delay',
  /** The first packet to an address of IPv6, whose way is dead. */
  'link ipv6',
  /** A packet is larger than the line. */
  'link narrow',
  /** Address translation has no port left for the place. */
  'nat full',
  /** A program at the gateway opens a connection to carry another one on. */
  'onward',
  /** The proxy opens a connection. */
  'proxy',
  /** The answer to a SYN was a refusal. */
  'refused',
  /** Sent by a sensor to itself. */
  'live',
] as const;
const firewalls = ['edge', 'host'] as const;

interface Position {
  rule: number | 'default';
  /** Which of several firewalls, by its place on the way from 0; absent: the first. */
  place?: number;
}
type Deciding = { [Kind in (typeof firewalls)[number]]: { kind: Kind } & Position };
type Plain = { [Kind in (typeof plain)[number]]: { kind: Kind; rule?: undefined; place?: undefined } };

/**
 * Why a rule of the kernel logs a packet: a firewall's rule decided, by its position from 0 in the
 * site's list, or its default; or one of the other reasons. The only protocol between rules that the
 * harness writes, the kernel's log, and whoever reads it.
 */
export type LogPrefix = Deciding[keyof Deciding] | Plain[keyof Plain];

/** As the kernel writes it: rules count from 1, and so do firewalls from the second on: `edge2 default`. */
export function encodePrefix({ kind, rule, place = 0 }: LogPrefix): string {
  if (rule === undefined) return kind;
  return `${kind}${place === 0 ? '' : place + 1} ${rule === 'default' ? rule : rule + 1}`;
}

/** @throws Error for what no rule of a lab writes */
export function parsePrefix(text: string): LogPrefix {
  const known = plain.find((kind) => kind === text);
  if (known) return { kind: known };
  const [, name, place, rule] = /^([a-z]+)([2-9]?) (default|[1-9]\d*)$/.exec(text) ?? [];
  const kind = firewalls.find((firewall) => firewall === name);
  if (!kind || rule === undefined) throw new Error(`no rule of a lab logs as "${text}"`);
  const position = rule === 'default' ? rule : Number(rule) - 1;
  return { kind, rule: position, ...(place && { place: Number(place) - 1 }) };
}

/** The statement of nft that makes a decision visible, at once and not in batches. */
export function log(prefix: LogPrefix): string {
  return `log prefix "${encodePrefix(prefix)}" group ${logGroup} snaplen ${logBytes} queue-threshold 1`;
}

/** A packet that a rule of the kernel's firewall logged. */
export interface LoggedPacket {
  prefix: LogPrefix;
  protocol: 'tcp' | 'udp' | 'other';
  from: string;
  fromPort: number;
  to: string;
  toPort: number;
  /** Bytes of UDP data, as text. */
  data: string;
}

/** A logged packet as the kernel's own log would print it. */
export function logLine({ prefix, from, fromPort, to, toPort, protocol }: LoggedPacket): string {
  return `${encodePrefix(prefix)}: SRC=${from} DST=${to} PROTO=${protocol.toUpperCase()} SPT=${fromPort} DPT=${toPort}`;
}
