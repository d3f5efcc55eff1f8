import type { ProxyPlace } from '../pac/pac-answer.js';
import { decide } from '../policy/decide.js';
import type { Flow } from '../policy/flow.js';
import { remembered } from '../policy/remembered.js';
import { isAddress, isLoopback } from '../site/address-range.js';
import { isInside, type SiteAddresses, siteAddresses } from '../site/addresses.js';
import { proxiesOf } from '../site/proxies.js';
import type { Server, Site } from '../site/schema.js';
import { Arrivals } from './arrivals.js';
import { edgeHops, ipv6Hops, linkHops, narrowHops, synProxyHops } from './edge-hops.js';
import { firewallHop } from './firewall-hop.js';
import type { WantedFlow } from './flow.js';
import { inspectingProxyHops, inspectorHops, type ListWay, listFlow } from './inspector-hop.js';
import { nameHops } from './name-hop.js';
import { Names } from './names.js';
import { ProxyFinder } from './proxy-finder.js';
import { proxyHop } from './proxy-hop.js';
import type { Internet } from './public-host.js';
import type { HopOptions, Sender } from './sender.js';
import { settingHops } from './server-hops.js';
import { type Hop, type Way, wayOf } from './way.js';

interface Leg {
  hops: Hop[];
  /** Where the packets go; absent: no address is known, not even the true one. */
  address?: string;
}

/** How far the devices of a site are asked about a place, whatever is wanted there. */
interface Asked {
  hops: Hop[];
  /** As in a {@link Leg}. */
  address?: string;
  /** Absent: the packets go nowhere, or do not leave the machine. */
  flow?: Flow;
  /** Whether the address is one of the site's own. */
  isOwn: boolean;
}

/**
 * The oracle: what becomes of flows in a site, before anything runs. A pure function of the site and the
 * internet's names; every device is asked, also behind one that stops the flow, so that none hides the
 * next.
 */
export class Walker {
  readonly #addresses: SiteAddresses;
  readonly #names: Names;
  readonly #finder: ProxyFinder;
  readonly #servers: ReadonlyMap<string, Server>;
  readonly #arrivals: Arrivals;
  readonly #memory = new WeakMap<Internet, Map<string, Asked>>();
  readonly #lists = new Map<string, Way>();

  constructor(
    private readonly site: Site,
    private readonly internet: Internet,
    private readonly options: HopOptions = {},
  ) {
    this.#addresses = siteAddresses(site);
    this.#names = new Names(site, this.#addresses);
    this.#finder = new ProxyFinder(site, () => internet);
    this.#arrivals = new Arrivals(site, this.#addresses, internet);
    this.#servers = new Map(site.servers.map((server) => [server.name, server]));
  }

  /** @throws Error for a server that the site does not have */
  walk(flow: WantedFlow, internet: Internet = this.internet): Way {
    const server = this.#servers.get(flow.server);
    if (!server) throw new Error(`the site has no server called ${flow.server}`);
    const own: Sender = { machine: server.name, account: flow.account, firewall: server['host-firewall'] };
    const { ways, said } = this.#finder.find(flow);
    const hops: Hop[] = said ? [{ device: 'server', from: server.name, action: 'send', ...said }] : [];
    for (const [index, way] of ways.entries()) {
      if (way === 'direct') {
        hops.push(...this.#leg(own, flow, flow, internet).hops);
        break;
      }
      // Of a host that is not there yet only itself is known.
      const toProxy = this.#leg(own, way, flow, way.host === flow.host ? internet : this.internet);
      const dead = toProxy.hops.findIndex(({ result }) => result !== undefined);
      if (dead >= 0 && index < ways.length - 1) {
        hops.push(...toProxy.hops.slice(0, dead + 1).map(passedOver));
        continue;
      }
      hops.push(...toProxy.hops.map(unreachable), ...this.#behind(toProxy, way, flow, internet));
      break;
    }
    return wayOf(flow, [...hops, ...settingHops(server, flow, this.#arrivals.applicationOf(flow))]);
  }

  /** What a proxy does with a flow, and what becomes of it from there: where it is the site's own. */
  #behind({ address, hops }: Leg, { port }: ProxyPlace, flow: WantedFlow, internet: Internet): Hop[] {
    const proxies = proxiesOf(this.site);
    const first = proxies.findIndex((one) => one.address === address && one.port === port);
    const met = first < 0 ? [] : proxies.slice(first);
    const last = met.at(-1);
    if (last) {
      const { before, behind } = inspectingProxyHops(this.site, met, flow, this.options, this.wayToList);
      const reads = before.some(({ action }) => action === 'inspect');
      // Only the first of them is told who asks; between them nothing stands.
      const [asked, ...parents] = met.map((proxy, index) => {
        const by = index === 0 ? 'client' : reads ? 'proxy that reads the tunnel' : 'proxy';
        return proxyHop(this.site, proxy, flow, by, this.options, this.wayToList);
      });
      const onward = this.#leg({ machine: last.machine }, flow, flow, internet).hops;
      return [...(asked ? [asked] : []), ...before, ...parents, ...onward, ...behind];
    }
    if (address === undefined || hops.some(({ result }) => result !== undefined)) return [];
    return [
      {
        ...{
          device: isInside(this.#addresses, address) ? 'application-host' : 'cloud',
          from: flow.server,
          action: 'refuse',
        },
        ...{ rule: 'no proxy', explanation: `what listens at ${address} port ${port} is no proxy` },
        result: 'proxy-unreachable',
      },
    ];
  }

  /** Every flow of an account that is inspected asks for the same list. */
  readonly wayToList: ListWay = (who) => {
    const key = `${who.server} ${who.account}`;
    const known = this.#lists.get(key) ?? this.walk(listFlow(who));
    this.#lists.set(key, known);
    return known;
  };

  /** From a sender to a place: the name, the sender's own firewall, and what stands before the internet. */
  #leg(
    sender: Sender,
    { host, port }: { host: string; port: number },
    wanted: WantedFlow,
    internet: Internet,
  ): Leg {
    const { hops, address, flow, isOwn } = this.#asked(sender, host, port, internet);
    if (address === undefined) return { hops: [...hops] };
    if (!flow)
      return { hops: [...hops, ...this.#arrivals.atHome(sender.machine, address, port, wanted)], address };
    if (isOwn) return { hops: [...hops, ...this.#arrivals.hops(flow, wanted)], address };
    const arrived = this.#arrivals.hops(flow, wanted);
    // Only who answers says anything large.
    const isAnswered = arrived.every(({ result }) => result === undefined);
    return {
      hops: [
        ...hops,
        ...(this.site.inspection?.at === 'edge'
          ? inspectorHops(this.site, wanted, flow, this.options, this.wayToList)
          : []),
        ...linkHops(this.site, sender),
        ...(isAnswered ? narrowHops(this.site, sender, wanted) : []),
        ...arrived,
      ],
      address,
    };
  }

  /** What of a leg is the same whatever is asked for: many flows of an account go to the same place. */
  #asked(sender: Sender, host: string, port: number, internet: Internet): Asked {
    const memory = remembered(this.#memory, internet, () => new Map<string, Asked>());
    const key = `${sender.machine} ${sender.account ?? ''} ${host} ${port}`;
    const known = memory.get(key) ?? this.#ask(sender, host, port, internet);
    memory.set(key, known);
    return known;
  }

  #ask(sender: Sender, host: string, port: number, internet: Internet): Asked {
    const { hops, chain, address, isAsked } = this.#resolve(sender, host, internet);
    if (address === undefined) return { hops, isOwn: false };
    if (isLoopback(address) || address === this.#addresses.servers.get(sender.machine))
      return { hops, address, isOwn: true };
    const flow: Flow = {
      machine: sender.machine,
      ...(sender.account && { account: sender.account }),
      ...{ host, names: chain, address, port, ...(!isAsked && { isUnasked: true }) },
    };
    const isOwn = isInside(this.#addresses, address);
    // A proxy resolves for itself, and a hosts file has one address for a name.
    if (sender.firewall && !isOwn && isAsked) hops.push(...ipv6Hops(this.site, sender, host));
    if (sender.firewall) {
      const own = { device: 'host-firewall', machine: sender.machine, policy: sender.firewall } as const;
      hops.push(firewallHop(own, flow, decide(sender.firewall, flow), this.#addresses, this.options));
    }
    if (!isOwn)
      hops.push(
        ...edgeHops(this.site, sender, flow, this.#addresses, this.options),
        ...synProxyHops(this.site, sender, flow),
      );
    return { hops, address, flow, isOwn };
  }

  /** What is said of a name, and where packets go if it is the truth: later devices are asked about that. */
  #resolve(sender: Sender, host: string, internet: Internet) {
    if (isAddress(host)) return { hops: [], chain: [], address: host, isAsked: false };
    const told = this.#names.ask(sender.machine, host, internet);
    const hops = nameHops(sender.machine, host, told);
    if (told.outcome === 'ok') {
      const isAsked = told.device === 'resolver';
      return { hops, chain: [...told.chain], address: told.addresses[0], isAsked };
    }
    const { chain, address } = this.#names.truth(host, internet);
    return { hops, chain: [...chain], address, isAsked: true };
  }
}

/** On the way to its proxy a client sees one thing, whatever happened. */
function unreachable(hop: Hop): Hop {
  return hop.result ? { ...hop, result: 'proxy-unreachable' } : hop;
}

/** What a client sees of a dead proxy, and goes on to the next of its list. */
function passedOver({ result, ...hop }: Hop): Hop {
  return result ? { ...hop, passedOver: result } : hop;
}
