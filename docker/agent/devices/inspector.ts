import type { Server } from 'node:net';
import { inspection } from '../../../mocks/devices/inspection.js';
import { listServer } from '../../../mocks/devices/list-server.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import type { Inspection } from '../../../model/site/schema.js';
import { connectionId } from '../connection-id.js';
import { inspectionPort } from '../ports.js';
import { type WireRoot, wireRoot } from '../wire-root.js';
import type { GatewayDevice, GatewayHost, GatewaySettings } from './gateway-device.js';
import { startMitmproxy } from './inspectors/mitmproxy.js';
import { startMockttp } from './inspectors/mockttp.js';
import type { InspectorDecision, InspectorProduct } from './inspectors/product.js';
import { startSquidInspector } from './inspectors/squid.js';
import { Middle } from './middle.js';

const products = { squid: startSquidInspector, mitmproxy: startMitmproxy, mockttp: startMockttp };

/** Transparent TLS inspection by the product that the site names, and the list of its authority. */
export class Inspector implements GatewayDevice {
  root: WireRoot | undefined;
  readonly #middle: Middle;
  #product: InspectorProduct | undefined;
  #list: Server | undefined;

  constructor(private readonly host: GatewayHost) {
    this.#middle = new Middle(host);
  }

  async configure(settings: GatewaySettings): Promise<void> {
    await this.close();
    const { inspection: wanted } = settings.site;
    if (wanted?.at !== 'edge') return;
    const authority = await this.host.authority(wanted.authority);
    this.root = wireRoot(authority);
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
    this.#middle.close();
    this.#list?.close();
    this.#list = undefined;
    this.root = undefined;
  }

  /** Our own: in this process. */
  async #stand(settings: Inspection, authority: InspectionAuthority, address: string): Promise<void> {
    await this.#middle.open(inspectionPort, address, inspection(this.#middle, settings, authority));
  }

  /** A product knows where a connection came from; the firewall's log has said where it wanted to go. */
  async #decided({ from, fromPort, name, ...decision }: InspectorDecision): Promise<void> {
    const route = await this.host.destination(from, fromPort);
    const flow = { machine: from, host: name, address: route.to, port: route.toPort };
    const connection = connectionId(route);
    this.#middle.emit('inspector', { kind: 'decision', connection, device: 'inspector', ...decision, flow });
  }
}
