import type { CloudService } from '../evidence/vocabulary.js';

/** One name of the internet: what public resolvers answer, and where something listens. */
export interface PublicHost {
  name: string;
  /** Aliases between the name and its address, in order; often below other domains. */
  chain: readonly string[];
  address: string;
  /** Ports on which it listens. */
  ports: readonly number[];
  /** Whose it is, where that is known. */
  service?: CloudService;
}

/** The internet as a site's flows meet it. */
export interface Internet {
  readonly hosts: readonly PublicHost[];
  find(name: string): PublicHost | undefined;
  /** Whether anybody listens at an address. */
  listens(address: string, port: number): boolean;
}

export function internetOf(hosts: readonly PublicHost[]): Internet {
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const listening = new Set(hosts.flatMap(({ address, ports }) => ports.map((port) => `${address} ${port}`)));
  return {
    hosts,
    find: (name) => byName.get(name),
    listens: (address, port) => listening.has(`${address} ${port}`),
  };
}

/** The same, once a host is there that is not there yet. It lives where another one does. */
export function withHost(internet: Internet, host: PublicHost): Internet {
  return new WithHost(internet, host);
}

class WithHost implements Internet {
  constructor(
    private readonly internet: Internet,
    private readonly host: PublicHost,
  ) {}

  get hosts(): readonly PublicHost[] {
    return this.internet.hosts;
  }

  find(name: string): PublicHost | undefined {
    return name === this.host.name ? this.host : this.internet.find(name);
  }

  listens(address: string, port: number): boolean {
    return this.internet.listens(address, port);
  }
}
