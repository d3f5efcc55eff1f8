import { isPorts } from '../condition.js';
import { anything } from './words.js';

/** Services that tables call by name. */
const services: Readonly<Record<string, readonly number[]>> = {
  ...{ http: [80], www: [80], https: [443], ssl: [443], tls: [443] },
  ...{ 'service-http': [80, 8080], 'service-https': [443] },
  ...{ ssh: [22], smtp: [25], dns: [53], ntp: [123], ldap: [389], ldaps: [636], rdp: [3389], ftp: [21] },
};
const between = new Set(['and', 'or', 'und', 'oder', 'et', 'y', 'only', 'nur', 'port', 'ports', '&', '|']);
const protocols = new Set(['tcp', 'udp', 'icmp', 'sctp']);

type Port = number | string;

/**
 * Ports of TCP: `443`, `80, 443`, `TCP/443`, `443/tcp`, `tcp-443`, `443/HTTPS`, `HTTPS (443)`, `8000-8100`,
 * `> 1023`, `any`. None: it is about other protocols. Undefined: it is no list of ports.
 */
export function portsOf(cell: string): Port[] | 'any' | undefined {
  const tokens = tokensOf(cell);
  if (tokens.length === 0) return undefined;
  // As devices call all that is spoken.
  if (tokens.every((one) => one === 'ip')) return 'any';
  const first = tokens.findIndex((one) => protocols.has(one));
  const isBefore = first === 0;
  const ports: { port: Port | 'any'; of: Set<string> }[] = [];
  let open: typeof ports = [];
  let own = new Set<string>();
  let wasProtocol = false;
  for (const token of tokens) {
    if (protocols.has(token)) {
      // Protocols on end are of the same ports.
      if (!wasProtocol) own = new Set();
      own.add(token);
      if (!isBefore) for (const one of open) one.of.add(token);
    } else {
      if (wasProtocol && !isBefore) open = [];
      const read = portOf(token);
      if (read === undefined) return undefined;
      const added = read.map((port) => ({ port, of: isBefore ? own : new Set<string>() }));
      ports.push(...added);
      open.push(...added);
    }
    wasProtocol = protocols.has(token);
  }
  if (ports.length === 0) return own.has('tcp') ? 'any' : [];
  const ofTcp = ports.filter(({ of }) => of.size === 0 || of.has('tcp')).map(({ port }) => port);
  if (ofTcp.includes('any')) return 'any';
  return [...new Set(ofTcp)];
}

function tokensOf(cell: string): string[] {
  return cell
    .toLowerCase()
    .replaceAll(/(\d)[ \t]*(?:\u2013|-|\bto\b|\bbis\b)[ \t]*(\d)/g, '$1-$2')
    .replaceAll(/tcp \(6\)|udp \(17\)/g, (one) => one.slice(0, 3))
    .replaceAll(/(tcp|udp|https?)[-_ ]?(?=\d)/g, '$1 ')
    .replaceAll(/([<>]=?)[ \t]+/g, '$1')
    .split(/[\s,;+/:()]+/)
    .flatMap((one) => (/^(?:tcp|udp)[-_]\D/.test(one) ? [one.slice(0, 3), one.slice(4)] : [one]))
    .filter((one) => one !== '' && one !== '-' && !between.has(one));
}

/** A protocol's `any`, and `all_tcp` of devices, are all ports. */
function portOf(token: string): (Port | 'any')[] | undefined {
  if (anything.has(token) || token === 'all_tcp') return ['any'];
  if (Object.hasOwn(services, token)) return [...(services[token] ?? [])];
  const [, sign, bound = ''] = /^([<>]=?)(\d{1,5})$/.exec(token) ?? [];
  const at = Number(bound);
  const text =
    sign === undefined
      ? token.replace(/^0-/, '1-')
      : sign.startsWith('>')
        ? `${sign === '>' ? at + 1 : at}-65535`
        : `1-${sign === '<' ? at - 1 : at}`;
  if (!isPorts(text)) return undefined;
  return [text.includes('-') ? text : Number(text)];
}
