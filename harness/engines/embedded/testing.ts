import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import { Cloud, type CloudOptions } from '../../../mocks/cloud/cloud.js';
import type { NetworkStack } from '../../../mocks/network.js';
import { Pki } from '../../../mocks/pki/pki.js';
import { toPem } from '../../../mocks/pki/x509.js';
import type { EventBody } from '../../evidence/event.js';
import { documentedSite } from '../../site/documented.js';
import type { Site } from '../../site/schema.js';
import { LabClock } from '../parts/lab-clock.js';
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
    ...{ network, cloud, clock, pki, events },
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

export type LabFetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** `fetch` over a machine's stack, trusting the lab's roots only. Follows no redirect. */
export function labFetch(stack: NetworkStack, pki: Pki): LabFetch {
  const ca = pki.roots.map(({ der }) => toPem(der));
  return async (address, init = {}) => {
    const url = new URL(address);
    const { socket } = await stack.connect({ host: url.hostname, port: 443 });
    const secure = tlsConnect({ socket, servername: url.hostname, ca });
    await once(secure, 'secureConnect');
    const asked = new Request(url, init);
    const request = httpRequest({
      createConnection: () => secure,
      method: asked.method,
      path: url.pathname + url.search,
      headers: { ...Object.fromEntries(asked.headers), host: url.host, connection: 'close' },
    });
    request.end(Buffer.from(await asked.arrayBuffer()));
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const headers = new Headers();
    for (const [name, values] of Object.entries(answer.headersDistinct))
      for (const value of values ?? []) headers.append(name, value);
    const status = answer.statusCode ?? 0;
    return new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers });
  };
}
