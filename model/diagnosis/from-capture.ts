import { rowsFor } from '../requirements/lookup.js';
import { type Answer, type Attempt, type Evidence, evidenceSchemaName } from './evidence.js';

/** One packet of a capture, as far as a diagnosis wants it. */
export interface Packet {
  /** Seconds. */
  time: number;
  from: string;
  to: string;
  fromPort?: number;
  toPort?: number;
  /** Which connection; the capture's own count. */
  stream?: number;
  syn?: boolean;
  ack?: boolean;
  reset?: boolean;
  /** Bytes of TCP that it carries. */
  bytes?: number;
  /** The name in a ClientHello. */
  clientHello?: { name?: string };
  /** From the leaf upwards. */
  certificates?: NonNullable<Attempt['shown']>['chain'];
  /** A fatal or warning alert of TLS, by its number (RFC 8446, 6). */
  alert?: number;
  /** What a plain HTTP request asks: a tunnel, a whole address of a proxy, or a path. */
  request?: { method: string; target: string; host?: string };
  status?: number;
  dns?: {
    id: number;
    name: string;
    isAnswer: boolean;
    code: number;
    aliases: string[];
    addresses: string[];
  };
  /** Of a message of ICMP that something cannot be reached: where the packet went. */
  unreachable?: { to: string; toPort: number; fromPort: number };
}

interface Stream {
  id: number;
  begun: number;
  last: number;
  client: string;
  clientPort: number;
  to: string;
  port: number;
  connected: boolean;
  sent: number;
  /** Bytes that came back after the tunnel, where there is one. */
  came: number;
  closed?: 'reset' | 'unreachable';
  name?: string;
  tunnel?: string;
  target?: string;
  host?: string;
  status?: number;
  alert?: { number: number; isOurs: boolean };
  chain?: NonNullable<Attempt['shown']>['chain'];
}

interface Asked {
  client: string;
  answer?: Omit<Answer, 'id' | 'server'>;
}

/** More is no capture of one server's trouble. */
const mostStreams = 200_000;
/** A capture that ends so soon after a packet does not say that nothing came. Seconds. */
const patience = 3;
const account = 'network-service';
const stack = 'service';

/**
 * Evidence of a packet capture of one server: names that were asked, connections that were opened, what was
 * shown in them, how they ended. Accounts and stacks are in no capture: all of it counts as the service's.
 * Only connections to hosts of the requirements page are taken; what else the server does is its own.
 */
export class CaptureReader {
  readonly #streams = new Map<number, Stream>();
  readonly #asked = new Map<string, Asked>();
  readonly #names = new Map<string, string>();
  /** Connections without an answer so far, by both ends: a message of ICMP names these, and no stream. */
  readonly #unanswered = new Map<string, Stream>();
  #end = 0;

  /** Packets in the order of the capture. */
  take(packet: Packet): void {
    this.#end = Math.max(this.#end, packet.time);
    if (packet.dns) this.#dns(packet, packet.dns);
    if (packet.unreachable) this.#unreachable(packet.to, packet.unreachable);
    if (packet.stream !== undefined) this.#tcp(packet, packet.stream);
  }

  /** `server`: its address; undefined: whoever opened most connections. */
  evidence(server = this.#busiest()): Evidence {
    const streams = [...this.#streams.values()].filter(({ client }) => client === server);
    const asked = [...this.#asked].filter(([, { client }]) => client === server);
    const attempts = [...asked.flatMap(([name, one]) => this.#nameless(name, one)), ...this.#all(streams)];
    return {
      schema: evidenceSchemaName,
      attempts: attempts.map((one, index) => ({ id: `a${index + 1}`, server: server ?? '', ...one })),
      answers: asked.flatMap(([, { answer }], index) =>
        answer ? [{ id: `d${index + 1}`, server: server ?? '', ...answer }] : [],
      ),
      ...{ operations: [], facts: [], services: [], pages: [], accesses: [] },
    };
  }

  #busiest(): string | undefined {
    const counts = new Map<string, number>();
    for (const { client } of [...this.#streams.values(), ...this.#asked.values()])
      counts.set(client, (counts.get(client) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  #dns({ from, to }: Packet, { name, isAnswer, code, aliases, addresses }: NonNullable<Packet['dns']>): void {
    const client = isAnswer ? to : from;
    const asked = this.#asked.get(name) ?? { client };
    if (this.#asked.size < mostStreams) this.#asked.set(name, asked);
    if (!isAnswer || asked.answer?.outcome === 'ok') return;
    // Of a name that has only addresses of IPv6 this says nothing.
    if (code === 0 && addresses.length === 0) return;
    asked.answer = { name, aliases, addresses, outcome: code === 0 ? 'ok' : noName(code) };
    for (const address of addresses) this.#names.set(address, name);
  }

  #unreachable(client: string, { to, toPort, fromPort }: NonNullable<Packet['unreachable']>): void {
    const stream = this.#unanswered.get(ends(client, fromPort, to, toPort));
    if (stream) stream.closed = 'unreachable';
  }

  #tcp(packet: Packet, id: number): void {
    const { time, from, to, fromPort = 0, toPort = 0, syn, ack, reset, bytes = 0 } = packet;
    if (syn && !ack && !this.#streams.has(id) && this.#streams.size < mostStreams) {
      const begun: Stream = {
        ...{ id, begun: time, last: time, client: from, clientPort: fromPort, to, port: toPort },
        ...{ connected: false, sent: 0, came: 0 },
      };
      this.#streams.set(id, begun);
      this.#unanswered.set(ends(from, fromPort, to, toPort), begun);
    }
    const stream = this.#streams.get(id);
    if (!stream) return;
    stream.last = time;
    const isOurs = from === stream.client && fromPort === stream.clientPort;
    if (syn && ack) {
      stream.connected = true;
      this.#unanswered.delete(ends(stream.client, stream.clientPort, stream.to, stream.port));
    }
    if (reset && !isOurs) stream.closed ??= 'reset';
    if (isOurs) stream.sent += bytes;
    else stream.came += bytes;
    if (packet.clientHello?.name !== undefined) stream.name ??= packet.clientHello.name;
    if (packet.certificates && !isOurs) stream.chain ??= packet.certificates;
    if (packet.alert !== undefined && packet.alert !== closeNotify)
      stream.alert ??= { number: packet.alert, isOurs };
    if (packet.request) request(stream, packet.request);
    if (packet.status !== undefined && !isOurs) {
      stream.status ??= packet.status;
      // What came so far is the proxy's own.
      if (stream.tunnel !== undefined && packet.status === 200) stream.came = 0;
    }
  }

  #nameless(name: string, { answer }: Asked): Omit<Attempt, 'id' | 'server'>[] {
    if (answer?.outcome === 'ok') return [];
    const port = rowsFor(name, 443, 'public').length > 0 ? 443 : 80;
    const made = attemptAt(name, port);
    return made ? [{ ...made, outcome: answer?.outcome ?? 'dns-timeout' }] : [];
  }

  #all(streams: readonly Stream[]): Omit<Attempt, 'id' | 'server'>[] {
    return streams.flatMap((stream) => {
      const { tunnel, target, name, host, to, port, connected, chain } = stream;
      const proxied = tunnel ?? (target === undefined ? undefined : placeIn(target));
      const [wanted = '', digits] = proxied?.split(':') ?? [];
      const made = proxied
        ? attemptAt(wanted, Number(digits))
        : attemptAt(name ?? host ?? this.#names.get(to) ?? '', port);
      const end = this.#outcomeOf(stream, proxied !== undefined);
      if (!made || !end) return [];
      return [
        {
          ...made,
          ...(proxied !== undefined && { via: `${to}:${port}` }),
          ...{ connection: `s${stream.id}`, address: to },
          ...(connected && { connected }),
          ...end,
          ...(chain && { shown: { chain } }),
        },
      ];
    });
  }

  /** Undefined where the capture does not say. */
  #outcomeOf(
    stream: Stream,
    isProxied: boolean,
  ): Pick<Attempt, 'outcome' | 'waitedMs' | 'status'> | undefined {
    const { connected, closed, sent, came, status, alert, begun, last } = stream;
    const isOld = this.#end - last >= patience;
    if (!connected) {
      // Whether a firewall or a machine without a listener has sent it, a reset in answer to a SYN does not say.
      if (closed) return { outcome: 'tcp-reject' };
      const waitedMs = Math.round((this.#end - begun) * 1000);
      return this.#end - begun >= patience ? { outcome: 'tcp-drop', waitedMs } : undefined;
    }
    if (alert && !(alert.number === 0)) {
      const outcome = alertMeans(alert.number, alert.isOurs);
      if (outcome) return { outcome };
    }
    if (isProxied && status !== undefined && status !== 200) return proxySaid(status);
    const answered = came > 0 && (status === undefined || stream.tunnel === undefined || status === 200);
    if (answered) return { outcome: 'ok', ...(status !== undefined && { status }) };
    if (sent === 0) return undefined;
    if (closed === 'reset') return { outcome: 'tcp-reset' };
    return isOld ? { outcome: 'tcp-drop' } : undefined;
  }
}

const closeNotify = 0;

function ends(client: string, clientPort: number, to: string, port: number): string {
  return `${client}:${clientPort} ${to}:${port}`;
}

function request(stream: Stream, { method, target, host }: NonNullable<Packet['request']>): void {
  if (method === 'CONNECT') stream.tunnel ??= target;
  else if (/^http:\/\//i.test(target)) stream.target ??= target;
  if (host !== undefined) stream.host ??= host.replace(/:\d+$/, '');
}

function placeIn(target: string): string | undefined {
  if (!URL.canParse(target)) return undefined;
  const { hostname, port } = new URL(target);
  return `${hostname}:${port || 80}`;
}

/** Of hosts of the page; others are the server's own business. */
function attemptAt(
  host: string,
  port: number,
): Pick<Attempt, 'operation' | 'purpose' | 'account' | 'stack' | 'host' | 'port'> | undefined {
  const [row] = rowsFor(host, port, 'public');
  const operation = row?.operations[0];
  return operation && { operation, purpose: 'seen in a capture', account, stack, host, port };
}

/** No such name, or refused; all else is no answer (RFC 1035, 4.1.1). */
function noName(code: number): 'dns-nxdomain' | 'dns-timeout' {
  return code === 3 || code === 5 ? 'dns-nxdomain' : 'dns-timeout';
}

function alertMeans(number: number, isOurs: boolean): Attempt['outcome'] | undefined {
  if (number === 70 || number === 71 || number === 40) return 'tls-protocol-version';
  if (!isOurs) return undefined;
  const ours: Record<number, Attempt['outcome']> = {
    42: 'tls-untrusted-issuer',
    44: 'tls-revoked',
    45: 'tls-expired',
    46: 'tls-untrusted-issuer',
    48: 'tls-untrusted-issuer',
  };
  return ours[number];
}

function proxySaid(status: number): Pick<Attempt, 'outcome' | 'waitedMs' | 'status'> | undefined {
  if (status === 407) return { outcome: 'proxy-407', status };
  if (status === 403) return { outcome: 'proxy-403', status };
  if (status === 504) return { outcome: 'tcp-drop', status, waitedMs: 1 };
  return status === 502 || status === 503 ? { outcome: 'tcp-reject', status } : { outcome: 'ok', status };
}
