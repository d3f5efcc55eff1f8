import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createSecureContext, TLSSocket, connect as tlsConnect } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import { Fabric } from '../../../mocks/loopback/fabric.js';
import { SocketPairs } from '../../../mocks/loopback/socket-pair.js';
import { Pki } from '../../../mocks/pki/pki.js';
import type { CloudHost } from '../../../mocks/zone.js';
import type { EventBody } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import { Network } from './network.js';
import { issuerSeen, refusal } from './testing-connections.js';

const run = promisify(execFile);
const now = Date.now();
const zone: CloudHost[] = [
  {
    name: 'open.example.net',
    chain: ['alias.example.org'],
    address: '198.18.64.1',
    service: 'content',
    ports: [443, 80],
  },
  { name: 'other.example.net', chain: [], address: '198.18.64.2', service: 'content', ports: [443, 80] },
];

let pki: Pki;
let pairs: SocketPairs;
let fabric: Fabric;
let clock: LabClock;
let events: EventBody[];

beforeAll(async () => {
  [pki, pairs] = await Promise.all([Pki.create(now), SocketPairs.open()]);
});
beforeEach(() => {
  fabric = new Fabric(pairs);
  clock = new LabClock(now);
  events = [];
});
afterEach(() => fabric[Symbol.asyncDispose]());

/** A network in front of two hosts that answer TLS on 443, and echo on 80. */
async function networkOf(input: Partial<SiteInput>): Promise<Network> {
  const site = documentedSite({ firewall: { default: 'allow' }, ...input });
  const emit = (_: string, event: EventBody) => `e${events.push(event)}`;
  const network = new Network({ fabric, clock, emit }, site);
  const authority = site.inspection && (await pki.inspectionAuthority(site.inspection.authority));
  await network.install(site, zone, authority);
  for (const { name, address } of zone) {
    const { keyPem, chainPem } = await pki.leaf(name);
    const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
    fabric.listen(address, 443, ({ socket }) => {
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => secure.destroy()).on('data', (data) => secure.write(data));
    });
    fabric.listen(address, 80, ({ socket }) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'));
    });
  }
  return network;
}

function dial(network: Network, host: string, port = 443, account?: 'network-service' | 'administrator') {
  return network.server('app-proxy-01').connect({ host, port, account });
}

const decisions = () =>
  events.flatMap((event) =>
    event.kind === 'decision' ? [`${event.device} ${event.action} ${event.rule}`] : [],
  );

describe('edge firewall', () => {
  it.each([
    ['deny', 'tcp-drop'],
    ['reject', 'tcp-reject'],
    ['reset', 'tcp-reset'],
  ] as const)('%s is %s for the client, and names its rule', async (action, result) => {
    const network = await networkOf({
      firewall: { default: 'allow', rules: [{ [action]: '*.example.net', port: 443 }] },
    });
    expect(await refusal(dial(network, 'open.example.net'))).toBe(result);
    expect(decisions()).toContain(
      `edge-firewall ${action === 'deny' ? 'drop' : action} ${action} *.example.net port 443`,
    );
  });

  it('knows names along the alias chain, as one does that learns from the resolver', async () => {
    const network = await networkOf({
      firewall: { default: 'drop', rules: [{ allow: 'alias.example.org' }] },
    });
    const { socket } = await dial(network, 'open.example.net');
    expect(await issuerSeen(socket, 'open.example.net')).toContain('Lab Public TLS CA 1');
    expect(await refusal(dial(network, 'other.example.net'))).toBe('tcp-drop');
  });

  it('that reads the ClientHello lets TCP connect and cuts the handshake', async () => {
    const network = await networkOf({
      firewall: { default: 'reset', 'names-from': 'sni', rules: [{ allow: 'open.example.net' }] },
    });
    const allowed = await dial(network, 'open.example.net');
    expect(await issuerSeen(allowed.socket, 'open.example.net')).toContain('Lab Public TLS CA 1');
    const { socket } = await dial(network, 'other.example.net');
    await expect(issuerSeen(socket, 'other.example.net')).rejects.toThrow();
    expect(events).toContainEqual(expect.objectContaining({ rule: 'default reset', byName: true }));
  });

  it.each([
    ['drop', 'tcp-drop'],
    ['reject', 'tcp-reject'],
  ] as const)(
    'that reads names opens nothing that one behind it refuses by address: %s',
    async (action, result) => {
      const network = await networkOf({
        firewalls: [
          { name: 'branch', default: 'reset', 'names-from': 'sni', rules: [{ allow: 'open.example.net' }] },
          { name: 'cloud', default: action, rules: [{ allow: '198.18.64.1' }] },
        ],
      });
      expect(await refusal(dial(network, 'other.example.net'))).toBe(result);
      // No name came: only the second was asked.
      expect(decisions()).toEqual([
        'host-firewall allow default allow',
        `edge-firewall ${action} cloud: default ${action}`,
      ]);
      const { socket } = await dial(network, 'open.example.net');
      expect(await issuerSeen(socket, 'open.example.net')).toContain('Lab Public TLS CA 1');
    },
  );
});

it('the host firewall tells accounts apart', async () => {
  const rules = [{ deny: 'any', account: 'network-service' as const }];
  const network = await networkOf({
    servers: [{ name: 'app-proxy-01', 'host-firewall': { default: 'allow', rules } }],
  });
  expect(await refusal(dial(network, 'open.example.net', 443, 'network-service'))).toBe('tcp-drop');
  expect((await dial(network, 'open.example.net', 443, 'administrator')).socket.destroyed).toBe(false);
});

describe('resolver', () => {
  it.each([
    ['nxdomain', 'dns-nxdomain'],
    ['timeout', 'dns-timeout'],
    ['no-chain', 'dns-nxdomain'],
  ] as const)('%s is %s', async (answer, result) => {
    const network = await networkOf({ resolver: { faults: [{ name: 'open.example.net', answer }] } });
    expect(await refusal(dial(network, 'open.example.net'))).toBe(result);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'dns', rule: `${answer} open.example.net` }),
    );
  });
});

describe('inspector', () => {
  it("puts its own authority in the server's place, but not for exempt hosts", async () => {
    const network = await networkOf({
      inspection: { authority: 'Contoso CA', except: ['other.example.net'] },
    });
    expect(await issuerSeen((await dial(network, 'open.example.net')).socket, 'open.example.net')).toContain(
      'Contoso CA',
    );
    expect(
      await issuerSeen((await dial(network, 'other.example.net')).socket, 'other.example.net'),
    ).toContain('Lab Public TLS CA 1');
    expect(decisions()).toEqual(
      expect.arrayContaining(['inspector inspect inspect *', 'inspector bypass except other.example.net']),
    );
  });

  it('passes what is said inside', async () => {
    const network = await networkOf({ inspection: {} });
    const { socket } = await dial(network, 'open.example.net');
    const secure = tlsConnect({ socket, servername: 'open.example.net', rejectUnauthorized: false });
    secure.write('hello');
    const [echo] = (await once(secure, 'data')) as [Buffer];
    expect(echo.toString()).toBe('hello');
    secure.destroy();
  });
});

describe('link', () => {
  it('forgets idle connections in lab time, and keeps those that speak', async () => {
    const network = await networkOf({ link: { 'idle-timeout': '4m' } });
    const quiet = await dial(network, 'open.example.net', 443);
    const lively = await dial(network, 'other.example.net', 443);
    const [a, b] = [quiet, lively].map(({ socket }) => tlsConnect({ socket, rejectUnauthorized: false })) as [
      TLSSocket,
      TLSSocket,
    ];
    await Promise.all([once(a, 'secureConnect'), once(b, 'secureConnect')]);
    for (let minutes = 0; minutes < 9; minutes += 3) {
      b.write('keep');
      await once(b, 'data');
      await clock.advance(3 * 60_000);
    }
    expect(decisions().filter((decision) => decision === 'link expire idle-timeout 4m')).toHaveLength(1);
    a.on('error', () => {}).write('too late');
    await new Promise((resolve) => quiet.socket.once('close', resolve));
    expect(quiet.socket.errored).toMatchObject({ code: 'ETIMEDOUT' });
    expect(lively.socket.destroyed).toBe(false);
  });

  it('with a round trip delivers what was on its way when the server closed', async () => {
    const network = await networkOf({ link: { 'round-trip': '20ms', rate: '10mbit' } });
    fabric.listen('198.18.64.1', 443, ({ socket }) => socket.once('data', () => socket.end('goodbye')));
    const { socket } = await dial(network, 'open.example.net', 443);
    socket.write('hello');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toBe('goodbye');
    await once(socket, 'close');
    expect(decisions()).toContain('link delay round-trip 20ms, rate 10mbit');
  });
});

describe('explicit proxy, asked by curl', () => {
  /** curl cannot reach a virtual address, so a real port on loopback leads to it. */
  async function curl(proxy: NonNullable<SiteInput['proxy']>, ...args: string[]): Promise<string> {
    await networkOf({ proxy });
    const door = createServer((outside) => {
      void fabric.dial('198.18.2.10', 8080, { connection: 'c0', from: '198.18.1.10' }).then((inside) => {
        if (!inside) return outside.destroy();
        outside.pipe(inside).pipe(outside);
        for (const end of [outside, inside]) end.on('error', () => end.destroy());
      });
    });
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
    const through = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const options = [
      '-sk',
      '-o',
      '/dev/null',
      '-w',
      '%{http_connect} %{http_code}',
      '--noproxy',
      '',
      '--proxy',
      through,
      '--max-time',
      '10',
    ];
    const said = await run('curl', [...options, ...args]).catch((error: { stdout: string }) => error);
    door.close();
    return said.stdout.trim();
  }
  const address = 'proxy.contoso.test:8080';

  it('fetches plain requests itself', async () => {
    expect(await curl({ address }, 'http://open.example.net/')).toBe('000 200');
  });

  it('refuses what its rules deny, and ports that none opens', async () => {
    const only = (...ways: { port: number; method?: 'connect' | 'plain' }[]) => ({
      ...{ address, default: 'deny' as const },
      rules: ways.map((way) => ({ allow: 'any', ...way })),
    });
    expect(await curl({ address, rules: [{ deny: '*.example.net' }] }, 'https://open.example.net/')).toBe(
      '403 000',
    );
    expect(
      await curl(
        only({ port: 443, method: 'connect' }, { port: 80, method: 'plain' }),
        'http://open.example.net/',
      ),
    ).toBe('000 200');
    expect(await curl(only({ port: 8080, method: 'plain' }), 'http://open.example.net/')).toBe('000 403');
    expect(await curl(only({ port: 8443 }), 'https://open.example.net/')).toBe('403 000');
  });

  it('challenges, and lets the right name and password through', async () => {
    expect(await curl({ address, authentication: 'basic' }, 'http://open.example.net/')).toBe('000 407');
    expect(
      await curl({ address, authentication: 'basic' }, '--proxy-user', 'lab:lab', 'http://open.example.net/'),
    ).toBe('000 200');
  });

  it('asks for a Kerberos token, and accepts none', async () => {
    const settings = { address, authentication: 'negotiate' } as const;
    const headerOf = (...args: string[]) =>
      curl(settings, '--write-out', '%{http_code} %header{proxy-authenticate}', ...args);
    const token = 'Proxy-Authorization: Negotiate YIIG';
    expect(await headerOf('http://open.example.net/')).toBe('407 Negotiate');
    expect(await headerOf('--header', token, 'http://open.example.net/')).toBe('407 Negotiate');
    expect(await curl(settings, '--proxy-header', token, 'https://open.example.net/')).toBe('407 000');
    expect(await curl(settings, '--proxy-user', 'lab:lab', 'http://open.example.net/')).toBe('000 407');
    expect(decisions()).toEqual(Array(4).fill('proxy challenge authentication negotiate'));
  });

  it('answers 503 for a name that it cannot resolve', async () => {
    expect(await curl({ address }, 'https://unknown.example.net/')).toBe('503 000');
  });
});
