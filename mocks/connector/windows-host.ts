import type { Account, WindowsService } from '../../model/evidence/vocabulary.js';
import { type Found, ProxyFinder } from '../../model/path/proxy-finder.js';
import { internetOf } from '../../model/path/public-host.js';
import type { Server, Site } from '../../model/site/schema.js';
import { cloudZone } from '../cloud/hosts.js';
import { type ServiceNames, serviceNames } from '../protocol/names.js';
import { type Call, placeOf } from './call.js';

/** What connections depend on, of the machine that opens them. */
export interface Machine {
  server: Pick<Server, 'tls' | 'revocation'>;
  /** The ways out that a stack has for a connection. @throws PacError */
  waysOut(seeking: Pick<Call, 'stack' | 'url' | 'direct'>): Found | Promise<Found>;
}

/** Facts of the Windows server: who runs as what, and how its stacks find their proxy. */
export class WindowsHost implements Machine {
  readonly #finder: ProxyFinder;

  constructor(
    readonly server: Server,
    readonly site: Site,
  ) {
    this.#finder = new ProxyFinder(site, () => internetOf(cloudZone(site)));
  }

  /**
   * Hosts that the software here uses. Which cloud they are of is for the installer's parameter to
   * say; where Windows fetches roots is not.
   */
  get names(): ServiceNames {
    const { cloud } = this.site;
    const wanted = this.server['environment-name'];
    const own = serviceNames(this.site);
    if (!wanted) return own;
    const environment = wanted === 'AzureCloud' ? 'public' : 'us-government';
    const { rootList, pkiops } = own;
    return { ...serviceNames({ ...this.site, cloud: { ...cloud, environment } }), rootList, pkiops };
  }

  get connectorAccount(): Account {
    return this.server.services.connector;
  }

  get updaterAccount(): Account {
    return this.server.services.updater;
  }

  /** The ways out that a stack has for a connection. @throws PacError */
  waysOut({ stack, url, direct }: Pick<Call, 'stack' | 'url' | 'direct'>): Found {
    return this.#finder.find({
      ...{ server: this.server.name, stack, ...placeOf(url) },
      ...(direct && { direct: true }),
    });
  }

  isRunning(service: WindowsService): boolean {
    return !this.server.stopped.includes(service);
  }

  /** As registration and bootstrap report it. */
  get osVersion(): string {
    return builds[this.server.windows];
  }
}

const builds: Record<Server['windows'], string> = {
  'server-2008-r2': '6.1.7601',
  'server-2012': '6.2.9200',
  'server-2012-r2': '6.3.9600',
  'server-2016': '10.0.14393',
  'server-2019': '10.0.17763',
  'server-2022': '10.0.20348',
  'server-2025': '10.0.26100',
};
