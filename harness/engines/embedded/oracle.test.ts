import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Cloud } from '../../../mocks/cloud/cloud.js';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import { listServer } from '../../../mocks/devices/list-server.js';
import { Fabric } from '../../../mocks/loopback/fabric.js';
import { SocketPairs } from '../../../mocks/loopback/socket-pair.js';
import { type Dialer, NetworkError } from '../../../mocks/network.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import { Pki } from '../../../mocks/pki/pki.js';
import { trustOf } from '../../../mocks/pki/trust.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import type { WantedFlow } from '../../../model/path/flow.js';
import { internetOf } from '../../../model/path/public-host.js';
import { type ComparedHop, compareWay, recordedIn } from '../../../model/path/recorded.js';
import { anyFlowIn } from '../../../model/path/testing/flows.js';
import { anySite, seed, sitesDrawn } from '../../../model/path/testing/sites.js';
import { Walker } from '../../../model/path/walk.js';
import { type Hop, inTime, type Way } from '../../../model/path/way.js';
import { addressPlan } from '../../../model/site/address-plan.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { Site } from '../../../model/site/schema.js';
import { openWay, sendFlow } from '../send-flow.js';
import { Network } from './network.js';

/** Every flow of the embedded network ends by itself. */
const never = () => new AbortController().signal;

let events: (EventBody & { machine: string })[] = [];
let cloud: Cloud;
let network: Network;
let fabric: Fabric;
let authority: InspectionAuthority;
let authorityCertificate: string;
let roots: string;

beforeAll(async () => {
  const [pairs, pki] = await Promise.all([SocketPairs.open(), Pki.create(Date.now())]);
  const site = documentedSite();
  fabric = new Fabric(pairs);
  const emit = (machine: string, event: EventBody) => `e${events.push({ ...event, machine })}`;
  network = new Network({ fabric, clock: new LabClock(Date.now()), emit }, site);
  cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
  authority = await pki.inspectionAuthority('Inspection CA');
  authorityCertificate = (await authority.pem()).certificate;
  roots = (await trustOf(pki)).roots;
  return async () => {
    await fabric[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
  };
});

const inWords = ({ device, action, rule }: Pick<Hop, 'device' | 'action' | 'rule'>) =>
  `${device} ${action} ${rule}`;

/** The firewall that ends a flow on its direct way to its host, where nothing before it does. */
function metFirewall({ flow, hops }: Way): Hop | undefined {
  const first = hops.find(({ result }) => result !== undefined);
  const stop = first && inTime(hops, first);
  if (!stop?.device.endsWith('-firewall') || stop.from !== flow.server) return undefined;
  const before = hops.slice(0, hops.indexOf(stop));
  const ends = ['tcp-drop', 'tcp-reject', 'tcp-reset', 'sni-block'].includes(stop.result ?? '');
  return ends && before.every(({ action, isAstray }) => action !== 'send' && !isAstray) ? stop : undefined;
}

/** Whether an account gets the inspector's list, and not a page in its place. */
async function getsList(site: Site, { server, account }: WantedFlow): Promise<boolean> {
  const list: WantedFlow = {
    ...{ server, account, stack: 'system', operation: 'revocation-check' },
    ...{ host: 'pki.contoso.test', port: 80 },
  };
  const dial: Dialer = async (host, port) =>
    (await network.server(server).connect({ host, port, account, stack: 'system' })).socket;
  const opened = await openWay(site, list, dial, never());
  if (!opened) return false;
  const target = opened.isProxied ? `http://${list.host}/` : '/';
  opened.socket.write(`GET ${target} HTTP/1.1\r\nHost: ${list.host}\r\n\r\n`);
  return /^HTTP\/1.1 200 (?!.*text\/html)/s.test(await firstAnswer(opened.socket));
}

/** What comes first, or nothing where the connection ends. */
async function firstAnswer(socket: Duplex): Promise<string> {
  // It may have ended before anybody listened, and says so once.
  if (socket.destroyed || socket.readableEnded) return '';
  const ends = [
    once(socket, 'data'),
    once(socket, 'close').then(() => ['']),
    once(socket, 'end').then(() => ['']),
  ];
  const [answer] = await Promise.race(ends).catch(() => ['']);
  return String(answer);
}

/** What a client notices that looks at certificates as Windows does, and asks for a page. */
async function spoiltByInspector(
  site: Site,
  flow: WantedFlow,
  dial: Dialer,
): Promise<ResultName | undefined> {
  const socket = (await openWay(site, flow, dial, never()))?.socket;
  if (!socket) throw new Error('the flow came through a moment ago');
  const ca = [roots, ...(site.inspection?.['trusted-by-server'] ? [authorityCertificate] : [])];
  const secure = tlsConnect({ socket, servername: flow.host, ca, rejectUnauthorized: false });
  const ended = once(secure, 'close').then(() => {
    throw new Error('the connection was closed during the handshake');
  });
  await Promise.race([once(secure, 'secureConnect'), ended]);
  ended.catch(() => {});
  if (!secure.authorized) return 'tls-untrusted-issuer';
  const isStrict = site.servers.find(({ name }) => name === flow.server)?.revocation === 'hard-fail';
  const namesList = secure.getPeerCertificate().raw.includes('.crl');
  const insists = isStrict && flow.stack !== 'browser';
  if (!namesList && insists) return 'tls-no-revocation-info';
  if (insists && site.inspection?.['trusted-by-server'] && !(await getsList(site, flow)))
    return 'tls-revocation-offline';
  secure.write(`GET / HTTP/1.1\r\nHost: ${flow.host}\r\n\r\n`);
  const text = await firstAnswer(secure);
  // A proxy that reads tunnels refuses in them, and hands on what its parent answers.
  const [, status] = /^HTTP\/1.1 (403|407) .*X-Lab-Proxy-Error: refused/s.exec(text) ?? [];
  if (status) return status === '403' ? 'proxy-403' : 'proxy-407';
  // Its parent answered with a page, which is no TLS.
  const isRefused = recordedIn(events).some(
    ({ device, action }) => `${device} ${action}` === 'parent-proxy refuse',
  );
  if (isRefused && /^HTTP\/1.1 502 .*X-Lab-Proxy-Error: tcp-reset/s.test(text)) return 'tcp-reset';
  const isPage = /^HTTP\/1.1 200 .*(Blocked by your organisation|The proxy could not do this)/s.test(text);
  return isPage ? 'http-block-page' : undefined;
}

it('the oracle says of every flow which device decides, by which rule, and whether it comes through', async () => {
  const internet = internetOf(cloud.zone);
  const seen: Record<string, number> & { through: number; stopped: number } = { through: 0, stopped: 0 };
  await fc.assert(
    fc.asyncProperty(
      anySite.chain((site) =>
        fc.tuple(fc.constant(site), fc.array(anyFlowIn(site, internet), { minLength: 4, maxLength: 4 })),
      ),
      async ([site, flows]) => {
        await network.install(site, cloud.zone, authority);
        const lists = listServer(authority, Date.now);
        fabric.listen(addressPlan.inspectionList, 80, ({ socket }) => void lists.emit('connection', socket));
        const walker = new Walker(site, internet);
        for (const flow of flows) {
          events = [];
          const way = walker.walk(flow);
          const { server, account, stack } = flow;
          const failed: ResultName[] = [];
          const dial = async (host: string, port: number) => {
            try {
              return (await network.server(server).connect({ host, port, account, stack })).socket;
            } catch (error) {
              if (error instanceof NetworkError) failed.push(error.result);
              throw error;
            }
          };
          const isThrough = await sendFlow(site, flow, dial, never());
          await fabric.cut();
          const told = recordedIn(events);
          const { hops, differences } = compareWay(way, told, isThrough);
          expect(differences).toEqual([]);
          // A firewall that waits for a name lets the connection open; others end it in their own ways.
          const stop = metFirewall(way);
          if (stop) expect(failed).toEqual(stop.result === 'sni-block' ? [] : [stop.result]);
          // The devices are asked in the order of the way.
          const asked = hops.flatMap(({ recorded }) => (recorded ? [inWords(recorded)] : []));
          expect(told.slice(0, asked.length).map(inWords)).toEqual(asked);
          const isAnswered = ({ hop, recorded }: ComparedHop) =>
            flow.port === 443 && hop.answers && recorded !== undefined;
          if (hops.some((one) => one.recorded?.action === 'inspect' || isAnswered(one))) {
            events = [];
            const spoilt = way.hops.find(
              ({ device, result, answers }) => (device === 'inspector' || answers) && result,
            )?.result;
            if (isThrough) expect(await spoiltByInspector(site, flow, dial)).toBe(spoilt);
            await fabric.cut();
            seen[spoilt ?? 'unspoilt'] = (seen[spoilt ?? 'unspoilt'] ?? 0) + 1;
          }
          seen[isThrough ? 'through' : 'stopped'] += 1;
        }
      },
    ),
    { seed, numRuns: sitesDrawn(2000) },
  );
  expect(Math.min(seen.through, seen.stopped)).toBeGreaterThan(20);
});
