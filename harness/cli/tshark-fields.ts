import { X509Certificate } from 'node:crypto';
import type { Packet } from '../../model/diagnosis/from-capture.js';

/** What tshark is asked of each packet; its line holds them in this order, with tabs between. */
export const fields = [
  'frame.time_epoch',
  'ip.src',
  'ip.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.stream',
  'tcp.flags.syn',
  'tcp.flags.ack',
  'tcp.flags.reset',
  'tcp.len',
  'tls.handshake.type',
  'tls.handshake.extensions_server_name',
  'tls.handshake.certificate',
  'tls.alert_message.desc',
  'http.request.method',
  'http.request.uri',
  'http.host',
  'http.response.code',
  'dns.id',
  'dns.qry.name',
  'dns.qry.type',
  'dns.flags.response',
  'dns.flags.rcode',
  'dns.cname',
  'dns.a',
  'icmp.type',
] as const;
type Field = (typeof fields)[number];

/** A longer line is no packet of a connector: certificates are a tenth of it. Characters. */
const longestLine = 1_000_000;

/** Certificates are parsed once; the same few are shown again and again. */
const parsed = new Map<string, { subject: string; issuer: string; notAfter: string } | undefined>();

/** The packets in one of tshark's lines: none where it says nothing of use. */
export function packetsIn(line: string): Packet[] {
  if (line.length > longestLine) return [];
  const values = line.split('\t');
  const all = (field: Field) => (values[fields.indexOf(field)] ?? '').split(',').filter((one) => one !== '');
  const one = (field: Field) => all(field)[0];
  const number = (field: Field) => {
    const value = one(field);
    return value === undefined ? undefined : Number(value);
  };
  const isSet = (field: Field) => ['1', 'True', 'true'].includes(one(field) ?? '');
  const [from, to, time] = [one('ip.src'), one('ip.dst'), number('frame.time_epoch')];
  if (from === undefined || to === undefined || time === undefined) return [];
  if (one('icmp.type') === '3') return unreachable({ from, to, time }, all);
  if (one('dns.id') !== undefined) return dns({ from, to, time }, { one, all, isSet });
  const stream = number('tcp.stream');
  if (stream === undefined) return [];
  const name = one('tls.handshake.extensions_server_name');
  const isHello = all('tls.handshake.type').includes('1');
  const certificates = all('tls.handshake.certificate').flatMap((hex) => certificateIn(hex) ?? []);
  const method = one('http.request.method');
  const host = one('http.host');
  return [
    {
      ...{ time, from, to, stream },
      ...optional('fromPort', number('tcp.srcport')),
      ...optional('toPort', number('tcp.dstport')),
      ...{ syn: isSet('tcp.flags.syn'), ack: isSet('tcp.flags.ack'), reset: isSet('tcp.flags.reset') },
      bytes: number('tcp.len') ?? 0,
      ...(isHello && { clientHello: name === undefined ? {} : { name } }),
      ...(certificates.length > 0 && { certificates }),
      ...optional('alert', number('tls.alert_message.desc')),
      ...(method !== undefined && {
        request: { method, target: one('http.request.uri') ?? '', ...optional('host', host) },
      }),
      ...optional('status', number('http.response.code')),
    },
  ];
}

type Base = Pick<Packet, 'time' | 'from' | 'to'>;

/** Only questions for addresses of IPv4: of the others nothing follows. */
function dns(
  base: Base,
  {
    one,
    all,
    isSet,
  }: Record<'all', (field: Field) => string[]> & {
    one(field: Field): string | undefined;
    isSet(field: Field): boolean;
  },
): Packet[] {
  const name = one('dns.qry.name')?.toLowerCase();
  if (name === undefined || one('dns.qry.type') !== '1') return [];
  return [
    {
      ...base,
      dns: {
        id: Number(one('dns.id')),
        name,
        isAnswer: isSet('dns.flags.response'),
        code: Number(one('dns.flags.rcode') ?? 0),
        aliases: all('dns.cname'),
        addresses: all('dns.a'),
      },
    },
  ];
}

/** The packet that did not get through stands in the message: its fields are the last of each. */
function unreachable(base: Base, all: (field: Field) => string[]): Packet[] {
  const [to, toPort, fromPort] = [all('ip.dst').at(-1), all('tcp.dstport').at(-1), all('tcp.srcport').at(-1)];
  if (to === undefined || toPort === undefined) return [];
  return [{ ...base, unreachable: { to, toPort: Number(toPort), fromPort: Number(fromPort) } }];
}

function certificateIn(hex: string) {
  if (parsed.has(hex)) return parsed.get(hex);
  const found = read(hex);
  if (parsed.size < 10_000) parsed.set(hex, found);
  return found;
}

function read(hex: string) {
  try {
    const { subject, issuer, validTo } = new X509Certificate(Buffer.from(hex.replaceAll(':', ''), 'hex'));
    const inLine = (text: string | undefined) => (text ?? 'nobody').replaceAll('\n', ', ').slice(0, 500);
    return { subject: inLine(subject), issuer: inLine(issuer), notAfter: validTo };
  } catch {
    return undefined;
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}
