import type { Account, StackName, WindowsService } from '../../model/evidence/vocabulary.js';
import type { Server, Site } from '../../model/site/schema.js';
import { type ServiceNames, serviceNames } from '../protocol/names.js';

/** Facts of the Windows server: who runs as what, and which stack uses a proxy. */
export class WindowsHost {
  constructor(
    readonly server: Server,
    readonly site: Site,
  ) {}

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

  /** The proxy that a stack sends its traffic to; undefined: direct. */
  proxyOf(stack: StackName): { host: string; port: number } | undefined {
    const { proxy } = this.site;
    if (!proxy?.['used-by'].includes(stack)) return undefined;
    const [host = '', port = ''] = proxy.address.split(':');
    return { host, port: Number(port) };
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
