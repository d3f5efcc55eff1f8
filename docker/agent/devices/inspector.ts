import { createServer, type Server, type Socket } from 'node:net';
import { inspection } from '../../../mocks/devices/inspection.js';
import { listServer } from '../../../mocks/devices/list-server.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Inspection } from '../../../model/site/schema.js';
import { connectionId } from '../connection-id.js';
import { dial, type Route } from '../dial.js';
import { inspectionPort } from '../ports.js';
import type { WireRoot } from '../wire-root.js';
import type { GatewayDevice, GatewayHost, GatewaySettings } from './gateway-device.js';
import { startMitmproxy } from './inspectors/mitmproxy.js';
import { startMockttp } from './inspectors/mockttp.js';
import type { InspectorDecision, InspectorProduct } from './inspectors/product.js';
import { startSquidInspector } from './inspectors/squid.js';

const products = { squid: startSquidInspector, mitmproxy: startMitmproxy, mockttp: startMockttp };

/** Transparent TLS inspection by the product that the site names, and the list of its authority. */
export class Inspector implements GatewayDevice {
  root: WireRoot | undefined;
  #server: Server | undefined;
  #product: InspectorProduct | undefined;
  #list: Server | undefined;

  constructor(private readonly host: GatewayHost) {}

  async configure(settings: GatewaySettings): Promise<void> {
    await this.close();
    const { inspection: wanted } = settings.site;
    if (!wanted) return;
    const authority = await this.host.authority(wanted.authority);
    this.root = { name: authority.name, der: Buffer.from(authority.der).toString('base64') };
    const list = listServer(authority, () => this.host.now());
    await new Promise<void>((resolve) => list.listen(80, settings.inspectionListAddress, resolve));
    this.#list = list;
    if (wanted.product === 'node') return this.#stand(wanted, authority, settings.address);
    const { certificate, key } = await authority.pem();
    this.#product = await products[wanted.product]({
      settings: wanted,
      certificate,
      key,
      resolver: settings.resolverAddress,
      onDecision: (decision) => void this.#decided(decision),
    });
  }

  async settle(): Promise<void> {
    await this.#product?.settle();
  }

  async close(): Promise<void> {
    await this.#product?.stop();
    this.#product = undefined;
    this.#server?.close();
    this.#server = undefined;
    this.#list?.close();
    this.#list = undefined;
    this.root = undefined;
  }

  /** Our own: in this process. */
  async #stand(settings: Inspection, authority: InspectionAuthority, address: string): Promise<void> {
    const { host } = this;
    const stand = inspection({ emit: (...event) => this.#emit(...event) }, settings, authority);
    const server = createServer({ noDelay: true }, async (socket) => {
      socket.on('error', () => {});
      const route = await host.destination(socket.remoteAddress ?? '', socket.remotePort ?? 0);
      const connection = connectionId(route);
      host.wire().track(connection, socket);
      const flow = { machine: route.from, host: route.to, address: route.to, port: route.toPort };
      await stand({ connection, flow }, socket, () => this.#onward(connection, route, address));
    });
    await new Promise<void>((resolve) => server.listen(inspectionPort, '0.0.0.0', resolve));
    this.#server = server;
  }

  /** The inspector's own connection to the server. */
  async #onward(connection: string, { to, toPort }: Route, from: string): Promise<Socket> {
    const route = { from, fromPort: this.host.nextPort(), to, toPort };
    const upstream = connectionId(route);
    this.host.tell({ kind: 'alias', upstream, connection });
    const socket = await dial(route).connected;
    this.host.wire().track(upstream, socket);
    return socket;
  }

  /** A product knows where a connection came from; the firewall's log has said where it wanted to go. */
  async #decided({ from, fromPort, name, ...decision }: InspectorDecision): Promise<void> {
    const route = await this.host.destination(from, fromPort);
    const flow = { machine: from, host: name, address: route.to, port: route.toPort };
    const connection = connectionId(route);
    this.#emit('inspector', { kind: 'decision', connection, device: 'inspector', ...decision, flow });
  }

  /** Ids of events are the harness' own. */
  #emit(machine: string, event: EventBody): string {
    this.host.tell({ kind: 'event', machine, event });
    return '';
  }
}
