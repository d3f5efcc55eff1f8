import type { Flow } from '../policy/flow.js';
import { isInside, type SiteAddresses } from '../site/addresses.js';
import { type Listening, listening } from '../site/listening.js';
import { proxiesOf } from '../site/proxies.js';
import type { Application, Site } from '../site/schema.js';
import { applicationHops } from './application-hops.js';
import type { WantedFlow } from './flow.js';
import type { Internet } from './public-host.js';
import { nobodyAtHome } from './server-hops.js';
import type { Hop } from './way.js';

/** Where packets end: who listens in a site and in the cloud, and what an application does then. */
export class Arrivals {
  readonly #listening: readonly Listening[];

  constructor(
    private readonly site: Site,
    private readonly addresses: SiteAddresses,
    private readonly internet: Internet,
  ) {
    this.#listening = listening(site, addresses);
  }

  /** What becomes of a flow that reached its address. */
  hops({ machine, address, port }: Flow, wanted: WantedFlow): Hop[] {
    const isOwn = isInside(this.addresses, address);
    if (isOwn ? this.#listensInside(address, port) : this.internet.listens(address, port)) {
      const application = this.applicationOf(wanted);
      return application ? applicationHops(application, machine) : [];
    }
    return [
      {
        device: isOwn ? 'application-host' : 'cloud',
        ...{ from: machine, action: 'unreachable', rule: 'nothing listens' },
        explanation: `nothing listens at ${address} port ${port}`,
        result: 'tcp-reject',
      },
    ];
  }

  /** What becomes of a flow to the machine that it comes from: nothing stands between, not even its firewall. */
  atHome(machine: string, address: string, port: number, wanted: WantedFlow): Hop[] {
    const isThere = this.#listening.some((one) => one.server === machine && one.port === port);
    if (!isThere) return [nobodyAtHome(machine, address, port)];
    const application = this.applicationOf(wanted);
    return application ? applicationHops(application, machine) : [];
  }

  /** The application that a flow goes to, if it goes to one. */
  applicationOf({ application }: WantedFlow): Application | undefined {
    return this.site.applications.find(({ name }) => name === application);
  }

  #listensInside(address: string, port: number): boolean {
    const { applications, inspectionList, resolver } = this.addresses;
    const proxy = proxiesOf(this.site).find((one) => one.address === address);
    if (proxy) return port === proxy.port;
    if (address === inspectionList) return port === 80;
    if (address === resolver) return port === 53;
    const hosts = [...applications].filter(([, at]) => at === address).map(([host]) => host);
    const ports = this.#listening.filter((one) => one.address === address).map((one) => one.port);
    const resources = (this.site['private-access']?.resources ?? []).filter(
      ({ host, state }) => state === 'running' && hosts.includes(host),
    );
    return [...ports, ...resources.flatMap((one) => one.ports)].includes(port);
  }
}
