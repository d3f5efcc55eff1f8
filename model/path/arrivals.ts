import type { Flow } from '../policy/flow.js';
import { isInside, type SiteAddresses } from '../site/addresses.js';
import { internalPlace } from '../site/internal-url.js';
import { proxiesOf } from '../site/proxies.js';
import type { Application, Site } from '../site/schema.js';
import { applicationHops } from './application-hops.js';
import type { WantedFlow } from './flow.js';
import type { Internet } from './public-host.js';
import type { Hop } from './way.js';

/** Where packets end: who listens in a site and in the cloud, and what an application does then. */
export class Arrivals {
  constructor(
    private readonly site: Site,
    private readonly addresses: SiteAddresses,
    private readonly internet: Internet,
  ) {}

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
    const ports = this.site.applications
      .filter(({ state }) => state !== 'stopped')
      .map(internalPlace)
      .filter(({ host }) => hosts.includes(host))
      .map((place) => place.port);
    const resources = (this.site['private-access']?.resources ?? []).filter(
      ({ host, state }) => state === 'running' && hosts.includes(host),
    );
    return [...ports, ...resources.flatMap((one) => one.ports)].includes(port);
  }
}
