import type { GatewayDevice, GatewayHost, GatewaySettings, ResolverSettings } from './gateway-device.js';
import { type Kept, NameServer } from './name-server.js';

/** The site's resolver, and those that single servers ask: a dnsmasq each. */
export class Resolver implements GatewayDevice {
  #resolvers: readonly ResolverSettings[] = [];
  /** Lab time when they were put in place, milliseconds since 1970. */
  #since = 0;
  #running: NameServer[] = [];

  constructor(private readonly host: GatewayHost) {}

  async configure({ resolvers }: GatewaySettings): Promise<void> {
    this.#resolvers = resolvers;
    this.#since = this.host.now();
    await this.#use(this.#at(this.#since));
  }

  /** Firewalls learn names again that had lost theirs. */
  async time(until: number): Promise<void> {
    const due = this.#at(until);
    if (this.#running.length === 0 || this.#missing(due).length === 0) return;
    await this.settle();
    await this.#use(due);
  }

  async settle(): Promise<void> {
    for (const server of this.#running)
      for (const query of await server.take()) this.host.tell({ kind: 'query', query });
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((one) => one.close()));
  }

  /** What each of them is at a time. */
  #at(now: number): Kept[] {
    return this.#resolvers.map(({ stages, ...others }) => {
      const stage = stages.findLast(({ after }) => this.#since + after <= now);
      return { ...others, configuration: stage?.configuration ?? '' };
    });
  }

  /** Starts those anew that are not as they were. */
  async #use(wanted: readonly Kept[]): Promise<void> {
    const missing = this.#missing(wanted);
    const keys = wanted.map((one) => JSON.stringify(one));
    const others = this.#running.filter(({ settings }) => !keys.includes(JSON.stringify(settings)));
    this.#running = this.#running.filter((one) => !others.includes(one));
    await Promise.all(others.map((one) => one.close()));
    this.#running.push(...(await Promise.all(missing.map((one) => NameServer.start(this.host, one)))));
  }

  #missing(wanted: readonly Kept[]): Kept[] {
    const known = this.#running.map(({ settings }) => JSON.stringify(settings));
    return wanted.filter((one) => !known.includes(JSON.stringify(one)));
  }
}
