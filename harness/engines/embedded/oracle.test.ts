import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Cloud } from '../../../mocks/cloud/cloud.js';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import { Fabric } from '../../../mocks/loopback/fabric.js';
import { SocketPairs } from '../../../mocks/loopback/socket-pair.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import { Pki } from '../../../mocks/pki/pki.js';
import type { EventBody } from '../../../model/evidence/event.js';
import { internetOf } from '../../../model/path/public-host.js';
import { compareWay, recordedIn } from '../../../model/path/recorded.js';
import { anyFlowIn, anySite } from '../../../model/path/testing.js';
import { Walker } from '../../../model/path/walk.js';
import type { Hop } from '../../../model/path/way.js';
import { documentedSite } from '../../../model/site/documented.js';
import { sendFlow } from '../send-flow.js';
import { Network } from './network.js';

/** Every flow of the embedded network ends by itself. */
const never = new AbortController().signal;

let events: (EventBody & { machine: string })[] = [];
let cloud: Cloud;
let network: Network;
let fabric: Fabric;
let authority: InspectionAuthority;

beforeAll(async () => {
  const [pairs, pki] = await Promise.all([SocketPairs.open(), Pki.create(Date.now())]);
  const site = documentedSite();
  fabric = new Fabric(pairs);
  const emit = (machine: string, event: EventBody) => `e${events.push({ ...event, machine })}`;
  network = new Network({ fabric, clock: new LabClock(Date.now()), emit }, site);
  cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
  authority = await pki.inspectionAuthority('Inspection CA');
  return async () => {
    await fabric[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
  };
});

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
          const way = walker.walk(flow);
          const { server, account, stack } = flow;
          const dial = async (host: string, port: number) =>
            (await network.server(server).connect({ host, port, account, stack })).socket;
          const isThrough = await sendFlow(site, flow, dial, never);
          await fabric.cut();
          const told = recordedIn(events);
          const { hops, differences } = compareWay(way, told, isThrough);
          expect(differences).toEqual([]);
          // The devices are asked in the order of the way.
          const asked = hops.flatMap(({ recorded }) => (recorded ? [inWords(recorded)] : []));
          expect(told.slice(0, asked.length).map(inWords)).toEqual(asked);
          seen[isThrough ? 'through' : 'stopped'] += 1;
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(Math.min(seen.through, seen.stopped)).toBeGreaterThan(20);
});
