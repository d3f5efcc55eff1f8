import { synProxy } from '../../../mocks/devices/syn-proxy.js';
import { synProxyPort } from '../ports.js';
import type { GatewayDevice, GatewayHost, GatewaySettings } from './gateway-device.js';
import { Middle } from './middle.js';

/** A firewall that answers TCP itself and resets after the ClientHello. */
export class SynProxyDevice implements GatewayDevice {
  readonly #middle: Middle;

  constructor(host: GatewayHost) {
    this.#middle = new Middle(host);
  }

  async configure({ site, address }: GatewaySettings): Promise<void> {
    await this.close();
    const settings = site['syn-proxy'];
    if (settings) await this.#middle.open(synProxyPort, address, synProxy(this.#middle, settings));
  }

  async close(): Promise<void> {
    this.#middle.close();
  }
}
