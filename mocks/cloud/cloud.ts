import type { Site } from '../../model/site/schema.js';
import type { Listener, NetworkStack } from '../network.js';
import type { Pki } from '../pki/pki.js';
import { serviceNames } from '../protocol/names.js';
import type { CloudHost } from '../zone.js';
import { usualLimits } from './deadlines.js';
import { Front } from './front.js';
import { cloudZone } from './hosts.js';
import { viewConnector } from './portal/portal.js';
import { RunningServices } from './running-services.js';
import type { CloudContext } from './service.js';
import { services } from './services.js';
import { CloudState } from './state.js';

export interface CloudOptions {
  /** Of the machine `cloud`. */
  stack: NetworkStack;
  site: Site;
  pki: Pki;
}

/** The mock cloud: every documented host, and what the service remembers of connectors. */
export class Cloud implements AsyncDisposable {
  readonly #context: CloudContext;
  readonly #front: Front;
  #site: Site;
  #zone: CloudHost[] = [];
  #listeners: Listener[] = [];

  private constructor(private readonly options: CloudOptions) {
    const { stack, pki } = options;
    this.#site = options.site;
    this.#context = {
      stack,
      pki,
      state: new CloudState(),
      site: () => this.#site,
      names: () => serviceNames(this.#site),
    };
    const running = new RunningServices(this.#context, services);
    this.#front = new Front(this.#context, running, usualLimits);
  }

  static async start(options: CloudOptions): Promise<Cloud> {
    const cloud = new Cloud(options);
    await cloud.setSite(options.site);
    return cloud;
  }

  /** What the public resolvers answer. */
  get zone(): readonly CloudHost[] {
    return this.#zone;
  }

  /** Another site's cloud: timers, faults, applications and addresses change, registrations stay. */
  async setSite(site: Site): Promise<void> {
    this.#site = site;
    await this.#close();
    this.#context.state.groups.seed(site);
    this.#context.state.published.clear();
    // Servers are then of the versions that the site says, whatever they were offered before.
    this.#context.state.offered.clear();
    this.#zone = cloudZone(site);
    const { stack } = this.options;
    this.#listeners = await Promise.all(
      this.#zone.flatMap((host) =>
        host.ports.map((port) =>
          stack.listen(host.address, port, (arrival) => this.#front.arrive(host, port, arrival)),
        ),
      ),
    );
  }

  /** The administrator looks for a connector on the portal's page. */
  viewConnector(machineName: string): void {
    viewConnector(this.#context, machineName);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    this.#front[Symbol.dispose]();
  }

  async #close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    this.#listeners = [];
  }
}
