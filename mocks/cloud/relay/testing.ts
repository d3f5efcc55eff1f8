import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import rhea, { type Connection } from 'rhea';
import { type ClientOptions, WebSocket } from 'ws';
import type { EventBody } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import { LabClock } from '../../devices/lab-clock.js';
import type { NetworkStack } from '../../network.js';
import { Pki } from '../../pki/pki.js';
import { serviceNames } from '../../protocol/names.js';
import { controlProtocol, linkAddress, signallingPath } from '../../protocol/signalling.js';
import type { Limits } from '../deadlines.js';
import type { CloudContext } from '../service.js';
import { CloudState } from '../state.js';
import { Relay } from './relay.js';

export const startAt = Date.UTC(2026, 5, 1);
const pki = await Pki.create(startAt);

/** The relay alone, behind a plain HTTP server on loopback, for clients that nobody here wrote. */
export async function openRelay(input: Partial<SiteInput> = {}, limits?: Limits) {
  const site = documentedSite(input);
  const clock = new LabClock(startAt);
  const events: EventBody[] = [];
  const stack = {
    machine: 'cloud',
    clock,
    emit: (event: EventBody) => `e${events.push(event)}`,
  } as unknown as NetworkStack;
  const context: CloudContext = {
    stack,
    pki,
    state: new CloudState(),
    site: () => site,
    names: () => serviceNames(site),
  };
  const relay = new Relay(context, limits);
  const server = createServer();
  const arrived = ({ headers }: IncomingMessage) => ({
    host: headers.host ?? '',
    connection: 'c1',
    peer: '198.18.1.1',
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void relay.accept({ request, socket, head, ...arrived(request) });
  });
  server.on('request', async (request, response) => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'https://relay');
    const body = Buffer.concat(await request.toArray());
    const asked = { ...arrived(request), method, url, headers, body, certificate: 'not-asked' as const };
    const reply = await relay.answer(asked);
    response.writeHead(reply.status, { Connection: 'close', ...reply.headers }).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    context,
    clock,
    events,
    relay,
    server,
    port,
    /** A WebSocket to a host of the relay. */
    dial(host: string, path: string, protocol?: string, options: ClientOptions = {}): WebSocket {
      const headers = { ...options.headers, host };
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocol ? [protocol] : [], {
        ...options,
        headers,
      });
      socket.on('error', () => {});
      return socket;
    },
    async [Symbol.asyncDispose]() {
      relay[Symbol.dispose]();
      server.close();
      server.closeAllConnections();
    },
  };
}

export type OpenRelay = Awaited<ReturnType<typeof openRelay>>;

/** Code and reason with which a WebSocket was closed. */
export async function closeOf(socket: WebSocket): Promise<[code: number, reason: string]> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

/**
 * A control connection by rhea alone, with its own WebSocket adapter: none of the lab's code is on
 * this side. `base` is where the WebSocket goes.
 */
export function rheaListener(
  base: string,
  options: ClientOptions,
  { host, path, token }: { host: string; path: string; token: string },
): Connection {
  const container = rhea.create_container();
  const dial = container.websocket_connect(class extends WebSocket {} as never) as unknown as (
    url: string,
    protocols: string[],
    options: object,
  ) => () => object;
  const connection = container.create_connection({
    connection_details: dial(base + signallingPath, [controlProtocol], options),
    sasl_mechanisms: {
      EXTERNAL: () => ({ start: (done: (e: undefined, r: string) => void) => done(undefined, '') }),
    },
    container_id: `RelayConnection_${randomUUID()}`,
    hostname: host.replace('.', '-relay.'),
    reconnect: false,
  } as never);
  for (const quiet of ['connection_error', 'sender_error', 'receiver_error', 'disconnected', 'error'])
    connection.on(quiet, () => {});
  connection.connect();
  const address = linkAddress(host, path);
  const properties = {
    'com.microsoft:swt': token,
    'com.microsoft:client-agent': 'ServiceBus/3.0.51093.14;',
    'com.microsoft:dynamic-relay': false,
    'com.microsoft:listener-type': 'RelayedConnection',
    'com.microsoft:tracking-id': randomUUID(),
  };
  const name = `RelayLink_${randomUUID()}`;
  connection.open_sender({ name: `${name}:out`, target: { address }, properties });
  connection.open_receiver({ name: `${name}:in`, source: { address }, properties });
  return connection;
}
