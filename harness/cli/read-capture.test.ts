import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket, connect as tlsConnect } from 'node:tls';
import { encode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { Pki } from '../../mocks/pki/pki.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { loopbackServer } from '../probe/testing.js';
import { readCapture } from './read-capture.js';
import { lab } from './testing.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-capture-'));
const here = '192.0.2.10';
const resolver = '192.0.2.53';

/** A capture in the making: pcap with packets of raw IP. */
class Capture {
  #packets: Buffer[] = [];
  #milliseconds = 1_780_000_000_000;

  wait(seconds: number): this {
    this.#milliseconds += seconds * 1000;
    return this;
  }

  udp(from: string, to: string, ports: [number, number], data: Uint8Array): this {
    const header = Buffer.alloc(8);
    header.writeUInt16BE(ports[0], 0);
    header.writeUInt16BE(ports[1], 2);
    header.writeUInt16BE(8 + data.length, 4);
    return this.#ip(17, from, to, Buffer.concat([header, data]));
  }

  tcp(from: string, to: string, ports: [number, number], parts: TcpParts): this {
    const header = Buffer.alloc(20);
    header.writeUInt16BE(ports[0], 0);
    header.writeUInt16BE(ports[1], 2);
    header.writeUInt32BE(parts.sequence ?? 0, 4);
    header.writeUInt32BE(parts.acknowledged ?? 0, 8);
    header[12] = 5 << 4;
    header[13] = parts.flags;
    header.writeUInt16BE(65_000, 14);
    return this.#ip(6, from, to, Buffer.concat([header, parts.data ?? Buffer.alloc(0)]));
  }

  /** A router tells `client` that its SYN may not pass (RFC 792, type 3; RFC 1812, code 13). */
  forbidden(client: string, to: string, [port, toPort]: [number, number]): this {
    const header = Buffer.alloc(8);
    header.set([3, 13]);
    const asked = new Capture().tcp(client, to, [port, toPort], { flags: syn }).#packets[1];
    if (!asked) throw new Error('nothing was sent');
    return this.#ip(1, '192.0.2.1', client, Buffer.concat([header, asked.subarray(0, 28)]));
  }

  /** The whole file. */
  bytes(): Buffer {
    const header = Buffer.alloc(24);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(262_144, 16);
    header.writeUInt32LE(101, 20);
    return Buffer.concat([header, ...this.#packets]);
  }

  #ip(protocol: number, from: string, to: string, data: Buffer): this {
    const header = Buffer.alloc(20);
    header[0] = 0x45;
    header.writeUInt16BE(20 + data.length, 2);
    header[8] = 64;
    header[9] = protocol;
    header.set(from.split('.').map(Number), 12);
    header.set(to.split('.').map(Number), 16);
    const packet = Buffer.concat([header, data]);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(this.#milliseconds / 1000), 0);
    record.writeUInt32LE((this.#milliseconds % 1000) * 1000, 4);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    this.#packets.push(record, packet);
    this.#milliseconds += 1;
    return this;
  }

  name(name: string, address?: string): this {
    const question = { type: 'A' as const, name };
    const asked = { id: this.#packets.length, questions: [question] };
    this.udp(here, resolver, [5000, 53], encode({ type: 'query', ...asked }));
    const answers = address === undefined ? [] : [{ ...question, ttl: 60, data: address }];
    const flags = address === undefined ? 0x8183 : 0x8180;
    return this.udp(resolver, here, [53, 5000], encode({ type: 'response', ...asked, flags, answers }));
  }

  /** A connection that stands, and what is said in it, in turns. */
  said(
    port: number,
    to: string,
    toPort: number,
    turns: readonly (readonly ['ours' | 'theirs', Buffer])[],
  ): this {
    let [ours, theirs] = [1, 1];
    this.tcp(here, to, [port, toPort], { flags: syn });
    this.tcp(to, here, [toPort, port], { flags: syn | ack, acknowledged: 1 });
    this.tcp(here, to, [port, toPort], { flags: ack, sequence: ours, acknowledged: theirs });
    for (const [who, all] of turns)
      for (let at = 0; at < all.length; at += 1400) {
        const data = all.subarray(at, at + 1400);
        if (who === 'ours') {
          this.tcp(here, to, [port, toPort], { flags: ack, sequence: ours, acknowledged: theirs, data });
          ours += data.length;
        } else {
          this.tcp(to, here, [toPort, port], { flags: ack, sequence: theirs, acknowledged: ours, data });
          theirs += data.length;
        }
      }
    return this;
  }
}
interface TcpParts {
  flags: number;
  sequence?: number;
  acknowledged?: number;
  data?: Buffer;
}
const [syn, reset, ack] = [0x02, 0x04, 0x10];

/** What a client and a server say to each other in a handshake of TLS 1.2, as it came over a wire. */
async function handshake(name: string, chainPem: string, keyPem: string) {
  const secureContext = createSecureContext({ key: keyPem, cert: chainPem, maxVersion: 'TLSv1.2' });
  await using server = await loopbackServer((socket) => {
    new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => {});
  });
  const turns: ['ours' | 'theirs', Buffer][] = [];
  await using wire = await loopbackServer((ours) => {
    const theirs = connect(server.port, '127.0.0.1').on('error', () => {});
    ours.on('data', (data) => turns.push(['ours', data]) && theirs.write(data));
    theirs.on('data', (data) => turns.push(['theirs', data]) && ours.write(data));
  });
  const socket = connect(wire.port, '127.0.0.1');
  const client = tlsConnect({ socket, servername: name, rejectUnauthorized: false, maxVersion: 'TLSv1.2' });
  await once(client, 'secureConnect');
  client.destroy();
  return turns;
}

const get = (host: string) => Buffer.from(`GET /a.crl HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
const ok = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

describe.skipIf(!existsSync('/usr/bin/tshark'))('a packet capture of the server', () => {
  it('is evidence of names, connections, and certificates', async () => {
    const pki = await Pki.create(Date.now());
    const good = await pki.leaf('management.azure.com');
    const inspector = await pki.inspectionAuthority('Contoso Inspection CA');
    const forged = await inspector.forge('b.msappproxy.net', { revocationInfo: true });
    const shaken = await handshake('management.azure.com', good.chainPem, good.keyPem);
    const [hello, shown] = await handshake('b.msappproxy.net', forged.chainPem, forged.keyPem);
    if (!hello || !shown) throw new Error('there was no handshake');
    const unknownAuthority = Buffer.from([21, 3, 3, 0, 2, 2, 48]);
    const capture = new Capture()
      .name('login.windows.net')
      .name('management.azure.com', '198.51.100.1')
      .said(4001, '198.51.100.1', 443, shaken)
      .name('crl3.digicert.com', '198.51.100.2')
      .said(4002, '198.51.100.2', 80, [
        ['ours', get('crl3.digicert.com')],
        ['theirs', ok],
      ])
      .name('crl4.digicert.com', '198.51.100.3')
      .tcp(here, '198.51.100.3', [4003, 80], { flags: syn })
      .wait(1)
      .tcp(here, '198.51.100.3', [4003, 80], { flags: syn })
      .name('b.msappproxy.net', '198.51.100.4')
      .said(4004, '198.51.100.4', 443, [hello, shown, ['ours', unknownAuthority]])
      .said(4005, '198.51.100.5', 443, [
        await handshake('a.servicebus.windows.net', good.chainPem, good.keyPem).then(
          ([first]) => first ?? hello,
        ),
      ])
      .tcp('198.51.100.5', here, [443, 4005], { flags: reset, sequence: 1 })
      .name('crl.microsoft.com', '198.51.100.8')
      .tcp(here, '198.51.100.8', [4008, 80], { flags: syn })
      .forbidden(here, '198.51.100.8', [4008, 80])
      .name('oneocsp.microsoft.com', '198.51.100.9')
      .tcp(here, '198.51.100.9', [4009, 80], { flags: syn })
      // Somebody else's business, and the server's own.
      .forbidden('192.0.2.99', '198.51.100.9', [4009, 80])
      .tcp('192.0.2.99', '198.51.100.6', [4006, 443], { flags: syn })
      .tcp(here, '192.0.2.98', [4007, 445], { flags: syn })
      .wait(30)
      .name('www.example.com', '198.51.100.7');
    const file = join(folder, 'some.pcap');
    await writeFile(file, capture.bytes());
    const evidence = await readCapture(file);
    expect(evidence.attempts.map(({ host, port, outcome }) => `${host}:${port} ${outcome}`)).toEqual([
      'login.windows.net:443 dns-nxdomain',
      'management.azure.com:443 ok',
      'crl3.digicert.com:80 ok',
      'crl4.digicert.com:80 tcp-drop',
      'b.msappproxy.net:443 tls-untrusted-issuer',
      'a.servicebus.windows.net:443 tcp-reset',
      'crl.microsoft.com:80 tcp-reject',
      'oneocsp.microsoft.com:80 tcp-drop',
    ]);
    expect(evidence.attempts[1]?.shown?.chain[0]?.subject).toContain('management.azure.com');
    expect(
      diagnose(evidence)
        .causes.map(({ rule }) => rule)
        .sort(),
    ).toEqual([
      ...['names/no-such-name', 'path/dropped', 'path/dropped'],
      ...['path/refused', 'path/reset-after-connect', 'tls/inspected'],
    ]);
    const { code, stdout } = await lab(['diagnose', file]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('Contoso Inspection CA')]);
  });

  it('that is cut off, or is none, is refused or read as far as it goes', async () => {
    const whole = new Capture().name('login.windows.net').name('crl3.digicert.com', '198.51.100.2').bytes();
    const cut = join(folder, 'cut.pcap');
    await writeFile(cut, whole.subarray(0, whole.length - 5));
    expect((await readCapture(cut)).attempts).toMatchObject([
      { host: 'login.windows.net', outcome: 'dns-nxdomain' },
      { host: 'crl3.digicert.com', outcome: 'dns-timeout' },
    ]);
    const none = join(folder, 'none.pcap');
    await writeFile(none, Buffer.concat([Buffer.from('d4c3b2a1', 'hex'), Buffer.alloc(24, 0xff)]));
    const { code, stderr } = await lab(['diagnose', none]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/tshark cannot read it/)]);
  });
});

it('says in one sentence that tshark is missing', async () => {
  const file = join(folder, 'nobody-reads.pcap');
  await writeFile(file, new Capture().bytes());
  await expect(readCapture(file, { program: 'no-such-tshark' })).rejects.toMatchObject({
    name: 'NoEngineError',
    message: expect.stringContaining('tshark, which reads them, is not installed'),
  });
});
