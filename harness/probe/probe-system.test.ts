import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../mocks/connector/probe/endpoint.js';
import { endpointsOf } from '../../mocks/connector/probe/endpoints.js';
import { labNames } from '../../mocks/connector/probe/lab-names.js';
import { Pki } from '../../mocks/pki/pki.js';
import { toPem } from '../../mocks/pki/x509.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { evidenceSchema } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { stacks } from '../../model/evidence/vocabulary.js';
import { documentedSite } from '../../model/site/documented.js';
import { EmbeddedEngine } from '../engines/embedded/embedded-engine.js';
import { loopbackProxy } from '../engines/loopback-proxy.js';
import { probeSystem } from './probe-system.js';
import type { FoundSetting } from './proxy-settings.js';
import { SystemNames } from './system-names.js';
import { SystemStack } from './system-stack.js';
import { loopbackResolver, loopbackServer } from './testing.js';

/** Nothing here may ask or reach anybody outside this computer: names are asked of a resolver of the test's own. */
const every = (setting: FoundSetting) => new Map(stacks.map((stack) => [stack, setting]));

/** Through a proxy on loopback that is in the lab of a site. */
async function probedThrough(parts: Parameters<typeof documentedSite>[0]) {
  const site = documentedSite(parts);
  await using engine = new EmbeddedEngine();
  await using lab = await engine.open(site, { scenario: 'probe', startAt: Date.now(), record: () => {} });
  await using proxy = await loopbackProxy(lab.dialer('app-proxy-01', { account: 'network-service' }));
  await using resolver = await loopbackResolver({});
  const { port } = new URL(proxy.url);
  const { events, uncounted } = await probeSystem({
    endpoints: endpointsOf(labNames(site)),
    settings: every({ kind: 'proxy', host: '127.0.0.1', port: Number(port), bypass: [] }),
    authorities: lab.on('app-proxy-01').roots.map(({ der }) => toPem(der)),
    resolvers: [resolver.address],
  });
  const evidence = evidenceSchema.parse(fromEvents(events));
  return { evidence, uncounted, diagnosis: diagnose(evidence) };
}

describe('the operating system’s stack, through a proxy on loopback', () => {
  it('finds nothing wrong where all is as documented: names, chains, lists, signalling', async () => {
    const { evidence, diagnosis } = await probedThrough({});
    expect(diagnosis).toMatchObject({ outcome: 'nothing wrong', causes: [] });
    const lists = evidence.attempts.filter(({ purpose }) => purpose === 'fetch a revocation list');
    expect(lists.length).toBeGreaterThan(0);
    expect(evidence.attempts.filter(({ shown }) => shown).length).toBeGreaterThan(20);
    expect(evidence.attempts.filter(({ purpose }) => purpose === 'ask for signalling')).toHaveLength(4);
  });

  it('finds the row that is closed behind the proxy', async () => {
    const { diagnosis } = await probedThrough({
      firewall: {
        default: 'drop',
        rules: [{ reject: '*.servicebus.windows.net', port: 443 }, { allow: 'documented' }],
      },
    });
    expect(diagnosis.causes.map(({ rule, scope }) => [rule, scope.row])).toEqual([
      ['proxy/cannot-connect', 'hosts/*.servicebus.windows.net/443'],
    ]);
  });
});

describe('the operating system’s stack, directly on loopback', () => {
  const pki = Pki.create(Date.now());
  const secured = async (name: string): Promise<(socket: Socket) => void> => {
    const { keyPem, chainPem } = await (await pki).leaf(name);
    const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
    const http = createHttpServer((_, response) => response.writeHead(404).end());
    return (socket) => {
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => secure.destroy());
      http.emit('connection', secure);
    };
  };
  /** The one attempt at a name of the test's resolver. */
  async function attemptAt(name: string, accept: ((socket: Socket) => void) | undefined, knows = true) {
    await using server = await loopbackServer(accept ?? (() => {}));
    const { port } = server;
    if (!accept) await server[Symbol.asyncDispose]();
    await using resolver = await loopbackResolver(knows ? { [name]: ['alias.msidentity.com'] } : {});
    const endpoint: Endpoint = { url: `https://${name}:${port}/`, operation: 'bootstrap', stack: 'service' };
    const { events } = await probeSystem({
      endpoints: [endpoint],
      settings: every({ kind: 'direct' }),
      authorities: (await pki).roots.map(({ der }) => toPem(der)),
      resolvers: [resolver.address],
    });
    const { attempts, answers } = fromEvents(events);
    return { attempt: attempts.find((one) => one.host === name), answers, asked: resolver.asked };
  }
  const host = 'a.bootstrap.msappproxy.net';

  it('judges a chain by its keys, and tells the aliases of a name', async () => {
    const { attempt, answers } = await attemptAt(host, await secured(host));
    expect(attempt).toMatchObject({ outcome: 'ok', status: 404, connected: true, address: '127.0.0.1' });
    expect(attempt?.shown?.chain[0]?.subject).toContain(host);
    expect(answers).toContainEqual(
      expect.objectContaining({ name: host, aliases: ['alias.msidentity.com'], outcome: 'ok' }),
    );
  });

  it('tells somebody else’s name in a certificate from its own', async () => {
    const { attempt } = await attemptAt(host, await secured('other.msappproxy.net'));
    expect(attempt).toMatchObject({ outcome: 'tls-untrusted-issuer' });
    expect(attempt?.said).toMatch(/is not for a\.bootstrap/);
  });

  it.each<[string, string, ((socket: Socket) => void) | undefined, boolean, object]>([
    ['a port where nobody listens', host, undefined, true, { outcome: 'tcp-reject' }],
    [
      'a connection that is reset after it stands',
      host,
      (socket) => void socket.once('data', () => socket.resetAndDestroy()),
      true,
      { outcome: 'tcp-reset', connected: true },
    ],
    ['a name that there is not', host, undefined, false, { outcome: 'dns-nxdomain' }],
    [
      'something that is no TLS',
      host,
      (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      true,
      { outcome: 'tls-protocol-version', connected: true },
    ],
  ])('tells %s', async (_, name, accept, knows, expected) => {
    expect((await attemptAt(name, accept, knows)).attempt).toMatchObject(expected);
  });

  it('keeps its process from ending until it is over, also where time alone is waited for', async () => {
    await using resolver = await loopbackResolver({});
    const names = await SystemNames.open([resolver.address]);
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const system = new SystemStack(names);
    const during = timers();
    system[Symbol.dispose]();
    expect([during - before, timers() - before]).toEqual([1, 0]);
  });

  it('gives up a connection on which nothing comes', async () => {
    await using server = await loopbackServer(() => {});
    await using resolver = await loopbackResolver({});
    using system = new SystemStack(await SystemNames.open([resolver.address]), {
      connect: 60_000,
      silence: 1,
    });
    const { socket } = await system.stack.connect({ host: '127.0.0.1', port: server.port });
    const error = await new Promise((resolve) => socket.once('error', resolve));
    expect(error).toMatchObject({ name: 'NetworkError', result: 'tcp-drop' });
    expect(resolver.asked).toEqual([]);
  });
});
