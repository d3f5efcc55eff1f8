import { hostsLine } from '../policy/hosts-file.js';
import { resolverAskedBy } from '../policy/own-resolver.js';
import { endsSearch, fruitless, namesToAsk } from '../policy/search-list.js';
import { isLoopback } from '../site/address-range.js';
import type { SiteAddresses } from '../site/addresses.js';
import { fullName } from '../site/full-name.js';
import { canonical } from '../site/host-name.js';
import { internalPlace } from '../site/internal-url.js';
import { publishedInside } from '../site/published-at.js';
import { runsOn } from '../site/runs-on.js';
import type { Server, Site } from '../site/schema.js';
import { isReal } from '../site/service-tags/real-range.js';
import { type Answer, answerFor, publicAnswer } from './answer.js';
import { internalNames } from './internal-names.js';
import type { Internet } from './public-host.js';

/** What a machine learns of a name. */
export interface Told extends Answer {
  /** Who says it: the machine itself, by its hosts file or search list, or a resolver. */
  device: 'server' | 'resolver';
  /** Whose own resolver was asked; absent: the site's, or none. */
  of?: string;
  /** A line of its hosts file with a real address, which says nothing in a lab: the resolver was asked in its place. */
  notJudged?: string;
  /** The application for which the answer leads to where the service publishes it. */
  published?: string;
}

/** By which evidence calls a resolver that knows nothing of a site, and says where its applications are published. */
export const publicNamesOnly = 'public names only';

/** Where a name leads in truth. */
export interface Truth {
  /** From the asked name along its aliases. */
  chain: readonly string[];
  /** Absent: nobody knows the name. */
  address?: string;
}

const noNames: ReadonlyMap<string, string> = new Map();

/** How the machines of a site learn where names lead: the one place that says so, for the oracle and engines. */
export class Names {
  /** Names that the site's resolver knows by itself. */
  readonly internal: ReadonlyMap<string, string>;
  /** Applications by the host at which connectors ask for them, where the service publishes them under it. */
  readonly #published: ReadonlyMap<string, string>;
  /** Hosts that a server is itself, because what is asked for there runs on it: `server host`. */
  readonly #home: ReadonlySet<string>;
  readonly #servers: ReadonlyMap<string, Server>;

  constructor(
    private readonly site: Site,
    addresses: SiteAddresses,
  ) {
    this.internal = internalNames(site, addresses);
    this.#published = new Map(
      site.applications
        .filter((application) => publishedInside(site, application))
        .map((application) => [canonical(internalPlace(application).host), application.name]),
    );
    this.#home = new Set(
      site.applications.flatMap((one) =>
        runsOn(site, one).map((server) => `${server} ${canonical(internalPlace(one).host)}`),
      ),
    );
    this.#servers = new Map(site.servers.map((server) => [server.name, server]));
  }

  /** `machine`: a server's name, or `proxy`. */
  ask(machine: string, host: string, internet: Internet): Told {
    const name = canonical(host);
    const told = this.#told(machine, name, internet);
    const published = this.#published.get(name);
    const [address] = told.addresses;
    if (published === undefined || address === this.internal.get(name)) return told;
    if (internet.find(name)?.address !== address) return told;
    const isFound = told.outcome === 'ok';
    return { ...told, published, ...(isFound && { outcome: 'dns-wrong-answer', rule: publicNamesOnly }) };
  }

  #told(machine: string, name: string, internet: Internet): Told {
    if (name === 'localhost')
      return { device: 'server', chain: [name], addresses: ['127.0.0.1'], outcome: 'ok' };
    const server = this.#servers.get(machine);
    const line = server && hostsLine(server, name);
    if (!line) return this.#resolved(machine, server, name, internet);
    const { address, rule } = line;
    const truth = this.truth(name, internet);
    const isPublic = truth.address !== undefined && !this.internal.has(fullName(this.site, name));
    if (isPublic && isReal(address))
      return { ...this.#resolved(machine, server, name, internet), notJudged: rule };
    const isAtHome = isLoopback(address) && this.#home.has(`${machine} ${name}`);
    const isRight = isAtHome || truth.address === undefined || truth.address === address;
    return {
      ...{ device: 'server', chain: [name], addresses: [address], rule },
      outcome: isRight ? 'ok' : 'dns-wrong-answer',
    };
  }

  truth(host: string, internet: Internet): Truth {
    const name = fullName(this.site, host);
    const chain = name === canonical(host) ? [name] : [canonical(host), name];
    const own = this.internal.get(name);
    if (own !== undefined) return { chain, address: own };
    const known = internet.find(name);
    return known ? { chain: [...chain, ...known.chain], address: known.address } : { chain };
  }

  /** With the suffixes of its search list, where the name needs one: the first that a resolver knows. */
  #resolved(machine: string, server: Server | undefined, name: string, internet: Internet): Told {
    const { settings, knowsSite, of } = resolverAskedBy(machine, this.site);
    const internal = knowsSite ? this.internal : noNames;
    const full = fullName(this.site, name);
    const asked = server ? namesToAsk(server, this.site, name) : [full];
    let last: Told | undefined;
    for (const one of asked) {
      const answer = answerFor(settings, internal, internet, one);
      const chain = one === name ? answer.chain : [name, ...answer.chain];
      last = { ...answer, device: 'resolver', ...(of !== undefined && { of }), chain };
      if (endsSearch(this.site, name, one, answer.outcome)) break;
    }
    const rule = last?.outcome === 'ok' || !server ? undefined : fruitless(server, this.site, name);
    if (rule !== undefined)
      return { device: 'server', chain: [name], addresses: [], outcome: 'dns-nxdomain', rule };
    return last ?? { ...publicAnswer(internet, name), device: 'resolver' };
  }
}
