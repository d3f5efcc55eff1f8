import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Cloud } from '../../../mocks/cloud/cloud.js';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import { Fabric } from '../../../mocks/loopback/fabric.js';
import { SocketPairs } from '../../../mocks/loopback/socket-pair.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import { Pki } from '../../../mocks/pki/pki.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { WantedFlow } from '../../../model/path/flow.js';
import { internetOf } from '../../../model/path/public-host.js';
import { anyFlowIn, anySite } from '../../../model/path/testing.js';
import { Walker } from '../../../model/path/walk.js';
import type { Hop, Way } from '../../../model/path/way.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { Site } from '../../../model/site/schema.js';
import { Network } from './network.js';

let events: EventBody[] = [];
let cloud: Cloud;
let network: Network;
let fabric: Fabric;
let authority: InspectionAuthority;

beforeAll(async () => {
  const [pairs, pki] = await Promise.all([SocketPairs.open(), Pki.create(Date.now())]);
  const site = documentedSite();
  fabric = new Fabric(pairs);
  const emit = (_: string, event: EventBody) => `e${events.push(event)}`;
  network = new Network({ fabric, clock: new LabClock(Date.now()), emit }, site);
  cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
  authority = await pki.inspectionAuthority('Inspection CA');
  return async () => {
    await fabric[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
  };
});

/** Dials as Windows would: to the proxy that the stack knows, or directly; then speaks TLS, or HTTP on port 80. */
async function comesThrough(site: Site, flow: WantedFlow): Promise<boolean> {
  const { server, account, stack, host, port } = flow;
  const dial = (to: string, at: number) =>
    network.server(server).connect({ host: to, port: at, account, stack });
  const proxy = site.proxy?.['used-by'].includes(stack) ? site.proxy.address.split(':') : undefined;
  try {
    const { socket } = await (proxy ? dial(proxy[0] ?? '', Number(proxy[1])) : dial(host, port));
    socket.on('error', () => {});
    if (port === 80)
      return await answers(
        socket,
        `GET ${proxy ? `http://${host}` : ''}/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        (status) => ![403, 407, 502, 503, 504].includes(status),
      );
    if (
      proxy &&
      !(await answers(
        socket,
        `CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        (status) => status === 200,
      ))
    )
      return false;
    const secure = tlsConnect({ socket, servername: host, rejectUnauthorized: false });
    const shaken = await Promise.race([
      once(secure, 'secureConnect').then(() => true),
      once(secure, 'close').then(() => false),
    ]).catch(() => false);
    secure.destroy();
    return shaken;
  } catch {
    return false;
  }
}

async function answers(
  socket: Duplex,
  question: string,
  isGood: (status: number) => boolean,
): Promise<boolean> {
  socket.write(question);
  const [head] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])]).catch(
    () => [''],
  )) as [Buffer | string];
  return isGood(Number(/^HTTP\/1\.1 (\d+)/.exec(String(head))?.[1] ?? 403));
}

/**
 * The hops that this client notices: up to the first that stops the flow, or to an inspector, with which
 * its handshake is then. It does not look at certificates.
 */
function noticed({ hops }: Way): Hop[] {
  const last = hops.findIndex(
    ({ device, action, result }) => result !== undefined || (device === 'inspector' && action === 'inspect'),
  );
  return (last < 0 ? hops : hops.slice(0, last + 1)).filter(({ device }) => device !== 'server');
}

const inWords = ({ device, action, rule }: Pick<Hop, 'device' | 'action' | 'rule'>) =>
  `${device} ${action} ${rule}`;

it('the oracle says of every flow which device decides, by which rule, and whether it comes through', async () => {
  const internet = internetOf(cloud.zone);
  const seen = { through: 0, stopped: 0 };
  await fc.assert(
    fc.asyncProperty(
      anySite.chain((site) =>
        fc.tuple(fc.constant(site), fc.array(anyFlowIn(site, internet), { minLength: 1, maxLength: 3 })),
      ),
      async ([site, flows]) => {
        await network.install(site, cloud.zone, authority);
        const walker = new Walker(site, internet);
        for (const flow of flows) {
          events = [];
          const hops = noticed(walker.walk(flow));
          const isThrough = await comesThrough(site, flow);
          await fabric.cut();
          const told = events.filter((event) => event.kind === 'decision').map(inWords);
          const foretold = hops.filter(({ device }) => device !== 'resolver').map(inWords);
          // What is decided about a connection to the wrong address, or behind an inspector, comes after.
          expect(told.slice(0, foretold.length)).toEqual(foretold);
          const isLast = !hops.some(
            ({ action, result }) => action === 'inspect' || result === 'dns-wrong-answer',
          );
          if (isLast) expect(told).toHaveLength(foretold.length);
          const isLedAstray = hops.some(({ result }) => result === 'dns-wrong-answer');
          if (!isLedAstray)
            expect(isThrough).toBe(!hops.some(({ device, result }) => device !== 'inspector' && result));
          seen[isThrough ? 'through' : 'stopped'] += 1;
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(Math.min(seen.through, seen.stopped)).toBeGreaterThan(20);
});
