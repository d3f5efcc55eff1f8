import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';
import { upTo } from '../../model/evidence/cut.js';
import { type LoggedPacket, log, logGroup, parsePrefix } from './log-prefix.js';

/** UDP to this port of the loopback interface is logged and goes nowhere: proof that the sensor lives. */
const livePort = 9;

/** The rule by which a sensor is proved to live, for a chain that sees what the machine sends. */
export const liveRule = `ip daddr 127.0.0.1 udp dport ${livePort} ${log({ kind: 'live' })} drop`;

const types = { payload: 9, prefix: 10 } as const;
const globalHeader = 24;
const recordHeader = 16;
const addressInfo = 4;

/**
 * Reads the kernel's firewall log, through tcpdump's capture of the netfilter log group, and hands
 * over every packet. {@link NflogSensor.proveAlive} sends one through and waits for it: when it has
 * come, everything logged before has come too.
 */
export class NflogSensor {
  readonly #waiting = new Map<string, () => void>();
  #buffer: Buffer = Buffer.alloc(0);
  #headerSeen = false;
  #proofs = 0;

  private constructor(private readonly onPacket: (packet: LoggedPacket) => void) {}

  static async start(onPacket: (packet: LoggedPacket) => void): Promise<NflogSensor> {
    const sensor = new NflogSensor(onPacket);
    // tcpdump ends where a message is longer than this and 128 bytes (libpcap, pcap-netfilter-linux.c), which
    // are few for what the kernel tells besides the packet, and rules bound that: log-prefix.ts.
    const args = ['-i', `nflog:${logGroup}`, '-n', '-U', '--immediate-mode', '-s', '1024', '-w', '-'];
    const tcpdump = spawn('tcpdump', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    tcpdump.stderr.on('data', (data) => {
      words += data;
    });
    tcpdump.stdout.on('data', (data: Buffer) => sensor.#take(data));
    tcpdump.once('exit', (code) => {
      throw new Error(`the sensor ended with ${code}: ${words}`);
    });
    await once(tcpdump.stdout, 'data');
    return sensor;
  }

  /** @throws Error where the packet does not come back */
  async proveAlive(): Promise<void> {
    const proof = `lab-proof-${++this.#proofs}`;
    const socket = createSocket('udp4');
    const back = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('the sensor is silent: a packet was not logged')),
        60_000,
      );
      this.#waiting.set(proof, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    // The rule that logs it also drops it, and the kernel tells the sender so.
    socket.send(proof, livePort, '127.0.0.1', () => socket.close());
    await back;
  }

  #take(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    if (!this.#headerSeen) {
      if (this.#buffer.length < globalHeader) return;
      this.#buffer = this.#buffer.subarray(globalHeader);
      this.#headerSeen = true;
    }
    while (this.#buffer.length >= recordHeader) {
      const length = this.#buffer.readUInt32LE(8);
      if (this.#buffer.length < recordHeader + length) return;
      const packet = parseRecord(this.#buffer.subarray(recordHeader, recordHeader + length));
      this.#buffer = this.#buffer.subarray(recordHeader + length);
      if (packet?.prefix.kind === 'live') {
        this.#waiting.get(packet.data)?.();
        this.#waiting.delete(packet.data);
      } else if (packet) this.onPacket(packet);
    }
  }
}

/** One packet of LINKTYPE_NFLOG: a header, then attributes of length, type and value. */
function parseRecord(record: Buffer): LoggedPacket | undefined {
  let prefix = '';
  let packet: Buffer | undefined;
  for (let at = addressInfo; at + 4 <= record.length; ) {
    const length = record.readUInt16LE(at);
    const type = record.readUInt16LE(at + 2);
    if (length < 4) return undefined;
    const value = record.subarray(at + 4, at + length);
    if (type === types.prefix) prefix = upTo('\0', value.toString('latin1')).trim();
    if (type === types.payload) packet = value;
    at += (length + 3) & ~3;
  }
  return packet && parsePacket(prefix, packet);
}

const protocols: Record<number, 'tcp' | 'udp'> = { 6: 'tcp', 17: 'udp' };

function parsePacket(prefix: string, packet: Buffer): LoggedPacket | undefined {
  const header = packet.length < 20 ? undefined : headerOf(packet);
  if (!header) return undefined;
  const { from, to } = header;
  const protocol = protocols[header.protocol] ?? 'other';
  const ports = packet.subarray(header.length);
  const hasPorts = protocol !== 'other' && ports.length >= 4;
  return {
    prefix: parsePrefix(prefix),
    protocol,
    ...{ from, to },
    fromPort: hasPorts ? ports.readUInt16BE(0) : 0,
    toPort: hasPorts ? ports.readUInt16BE(2) : 0,
    data: protocol === 'udp' ? ports.subarray(8).toString('latin1') : '',
  };
}

/** Of IPv4, or of IPv6 without anything between header and ports: the lab's rules log no other. Lengths in bytes. */
function headerOf(
  packet: Buffer,
): { protocol: number; length: number; from: string; to: string } | undefined {
  const address = (from: number, to: number) =>
    ipaddr.fromByteArray([...packet.subarray(from, to)]).toString();
  const [first = 0] = packet;
  if (first >> 4 === 4)
    return {
      ...{ protocol: packet[9] ?? 0, length: (first & 15) * 4 },
      ...{ from: address(12, 16), to: address(16, 20) },
    };
  if (first >> 4 !== 6 || packet.length < 40) return undefined;
  return { protocol: packet[6] ?? 0, length: 40, from: address(8, 24), to: address(24, 40) };
}
