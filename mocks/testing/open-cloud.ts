import type { EventBody, EventKind } from '../../model/evidence/event.js';
import { documentedSite } from '../../model/site/documented.js';
import type { Site } from '../../model/site/schema.js';
import { Cloud } from '../cloud/cloud.js';
import { CertificateFacts } from '../connector/trust/certificate-facts.js';
import { LabClock } from '../devices/lab-clock.js';
import { dialerOf } from '../loopback/dialer.js';
import { Fabric } from '../loopback/fabric.js';
import { SocketPairs } from '../loopback/socket-pair.js';
import type { Dialer, NetworkStack } from '../network.js';
import { Pki } from '../pki/pki.js';
import { type Trust, trustOf } from '../pki/trust.js';
import { PlainNetwork } from './plain-network.js';

/** The mock cloud on a network without devices, for tests that bring clients of their own. */
export interface OpenCloud extends AsyncDisposable {
  fabric: Fabric;
  cloud: Cloud;
  clock: LabClock;
  pki: Pki;
  /** What connectors of this process know of certificates. */
  certificates: CertificateFacts;
  events: EventBody[];
  readonly trust: Trust;
  /** The stack of one of the site's servers, or of any machine on the internet. */
  stack(machine: string): NetworkStack;
  /** A way in, as a lab has it; from the users' machine where none is named. */
  dialer(machine?: string): Dialer;
  /** Another site in place of the present one. */
  change(site: Site): Promise<void>;
  /** The events of one kind, so far. */
  seen<K extends EventKind>(kind: K): Extract<EventBody, { kind: K }>[];
}

/** What clouds of one process have in common, as labs of one run do. */
let shared:
  | Promise<{ pairs: SocketPairs; pki: Pki; certificates: CertificateFacts; trust: Trust }>
  | undefined;

async function makeShared() {
  const [pairs, pki] = await Promise.all([SocketPairs.open(), Pki.create(Date.now())]);
  return { pairs, pki, certificates: new CertificateFacts(), trust: await trustOf(pki) };
}

/** Lab time begins now, since the clients know no other. */
export async function openCloud(first = documentedSite()): Promise<OpenCloud> {
  shared ??= makeShared();
  const { pairs, pki, certificates, trust } = await shared;
  const clock = new LabClock(Date.now());
  const fabric = new Fabric(pairs);
  const events: EventBody[] = [];
  let site = first;
  const network = new PlainNetwork({
    ...{ fabric, clock },
    emit: (event) => `e${events.push(event)}`,
    site: () => site,
    zone: () => cloud.zone,
  });
  const cloud = await Cloud.start({ stack: network.stack('cloud'), site, pki });
  return {
    ...{ fabric, cloud, clock, pki, certificates, events, trust },
    stack: (machine) => network.stack(machine),
    dialer: (machine = 'user') => dialerOf(network.stack(machine)),
    async change(changed) {
      site = changed;
      await fabric.cut();
      await cloud.setSite(changed);
    },
    seen: <K extends EventKind>(kind: K) =>
      events.filter((event): event is Extract<EventBody, { kind: K }> => event.kind === kind),
    async [Symbol.asyncDispose]() {
      await fabric[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
}
