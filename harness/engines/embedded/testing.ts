import { Cloud, type CloudOptions } from '../../../mocks/cloud/cloud.js';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import type { Asker, Dialer } from '../../../mocks/network.js';
import { Pki } from '../../../mocks/pki/pki.js';
import { type Trust, trustOf } from '../../../mocks/pki/trust.js';
import type { EventBody } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { Site } from '../../../model/site/schema.js';
import { dialerOf } from './dialer.js';
import { Fabric } from './fabric.js';
import { Network } from './network.js';
import { SocketPairs } from './socket-pair.js';

/** A site's network and the mock cloud, without connectors, for tests that bring clients of their own. */
export interface OpenCloud extends AsyncDisposable {
  network: Network;
  cloud: Cloud;
  clock: LabClock;
  pki: Pki;
  events: EventBody[];
  readonly trust: Trust;
  /** A way in, as a lab has it. */
  dialer(server?: string, as?: Asker): Dialer;
  /** Another site in place of the present one. */
  change(site: Site): Promise<void>;
}

/** Lab time begins now, since the clients know no other. */
export async function openCloud(
  site = documentedSite(),
  limits: CloudOptions['limits'] = {},
): Promise<OpenCloud> {
  const now = Date.now();
  const pki = await Pki.create(now);
  const clock = new LabClock(now);
  const fabric = new Fabric(await SocketPairs.open());
  const events: EventBody[] = [];
  const network = new Network({ fabric, clock, emit: (_, event) => `e${events.push(event)}` }, site);
  const cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki, limits });
  await network.install(site, cloud.zone, undefined);
  return {
    ...{ network, cloud, clock, pki, events, trust: await trustOf(pki) },
    dialer: (server, as) =>
      dialerOf(server === undefined ? network.internet('user') : network.server(server), as),
    async change(changed) {
      await fabric.cut();
      await cloud.setSite(changed);
      await network.install(changed, cloud.zone, undefined);
    },
    async [Symbol.asyncDispose]() {
      await fabric[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
}
