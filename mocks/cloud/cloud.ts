import type { Site } from '../../model/site/schema.js';
import type { Listener, NetworkStack } from '../network.js';
import type { Pki } from '../pki/pki.js';
import { serviceNames } from '../protocol/names.js';
import type { CloudHost } from '../zone.js';
import { administration } from './administration/administration.js';
import { bootstrap } from './bootstrap/bootstrap.js';
import { data } from './data/data.js';
import { type Limits, usualLimits } from './deadlines.js';
import { edge } from './edge/edge.js';
import { Front } from './front.js';
import { graph } from './graph/graph.js';
import { cloudZone } from './hosts.js';
import { viewConnector } from './portal/portal.js';
import { portal } from './portal/service.js';
import { registration } from './registration/registration.js';
import { renewal } from './renewal/renewal.js';
import { revocation } from './revocation/revocation.js';
import type { CloudContext, Service } from './service.js';
import { content } from './sign-in/content.js';
import { deviceRegistration, directory, policyKey } from './sign-in/helpers.js';
import { signInServices } from './sign-in/sign-in.js';
import { CloudState } from './state.js';
import { tunnel } from './tunnel/tunnel.js';
import { updates } from './updates/updates.js';

/** A directory of the public cloud that is not the site's. */
const publicTenant = 'f2d7e5a0-6c1b-4b8e-9a53-0d1c7e4b9f26';

export interface CloudOptions {
  /** Of the machine `cloud`. */
  stack: NetworkStack;
  site: Site;
  pki: Pki;
  /** Bounds on slow and idle connections, where they are to be others. */
  limits?: Partial<Limits>;
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
    this.#front = new Front(this.#context, servicesOf(this.#context), { ...usualLimits, ...options.limits });
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

/** The public cloud beside a government's: it knows nobody of the tenant. */
function publicDirectory(context: CloudContext): CloudContext {
  const site = (): Site => {
    const own = context.site();
    const tenant = { ...own.tenant, id: publicTenant, domain: 'fabrikam.test', users: [] };
    return { ...own, cloud: { ...own.cloud, environment: 'public' }, tenant };
  };
  return { ...context, site, names: () => serviceNames(site()) };
}

function servicesOf(context: CloudContext): Record<string, Service> {
  return {
    ...signInServices(context),
    'public-sign-in': signInServices(publicDirectory(context))['sign-in'],
    content,
    'device-registration': deviceRegistration(context),
    directory: directory(context),
    'policy-key': policyKey(),
    registration: registration(context),
    bootstrap: bootstrap(context),
    renewal: renewal(context),
    administration: administration(context),
    updates: updates(context),
    tunnel: tunnel(context),
    data: data(context),
    revocation: revocation(context),
    edge: edge(context),
    graph: graph(context),
    portal: portal(context),
  };
}
