import type { Device } from '../evidence/vocabulary.js';
import type { ProxyPlace } from '../pac/pac-answer.js';
import { decide, type Policy } from '../policy/decide.js';
import { decideAtEdge } from '../policy/decide-by-name.js';
import type { Flow } from '../policy/flow.js';
import { nearestRule } from '../policy/nearest-rule.js';
import { notJudgedBy } from '../policy/not-judged.js';
import { decideProxy, nearestOfProxy } from '../policy/proxy.js';
import { decideSynProxy } from '../policy/syn-proxy.js';
import { isAddress, isLoopback } from '../site/address-range.js';
import { isInside, type SiteAddresses, siteAddresses } from '../site/addresses.js';
import { internalPlace } from '../site/internal-url.js';
import type { Application, Server, Site } from '../site/schema.js';
import { answerFor } from './answer.js';
import { applicationHops, isSecure } from './application-hops.js';
import type { WantedFlow } from './flow.js';
import { inspectorHops } from './inspector-hop.js';
import { internalNames } from './internal-names.js';
import { ProxyFinder } from './proxy-finder.js';
import type { Internet } from './public-host.js';
import { type Hop, type Way, wayOf } from './way.js';

type Outcome = NonNullable<Hop['result']>;

/** Whoever dials: a server as an account, or the proxy, which has none. */
interface Sender {
  machine: string;
  account?: Flow['account'];
  /** Its own firewall, where it has one. */
  firewall?: Policy;
}

interface Leg {
  hops: Hop[];
  /** Where the packets go; absent: no address is known, not even the true one. */
  address?: string;
}

const seen = { drop: 'tcp-drop', reject: 'tcp-reject', reset: 'tcp-reset' } as const;

/**
 * The oracle: what becomes of flows in a site, before anything runs. A pure function of the site and the
 * internet's names; every device is asked, also behind one that stops the flow, so that none hides the
 * next.
 */
export class Walker {
  readonly #addresses: SiteAddresses;
  readonly #internal: ReadonlyMap<string, string>;
  readonly #finder: ProxyFinder;
  readonly #servers: ReadonlyMap<string, Server>;

  /** `nearest`: whether hops name the rule that came nearest, which takes as long as all else. */
  constructor(
    private readonly site: Site,
    private readonly internet: Internet,
    private readonly options: { nearest?: true } = {},
  ) {
    this.#addresses = siteAddresses(site);
    this.#internal = internalNames(site, this.#addresses);
    this.#finder = new ProxyFinder(site, () => internet);
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
      const toProxy = this.#leg(own, way, flow, internet);
      const dead = toProxy.hops.findIndex(({ result }) => result !== undefined);
      if (dead >= 0 && index < ways.length - 1) {
        hops.push(...toProxy.hops.slice(0, dead + 1).map(passedOver));
        continue;
      }
      hops.push(...toProxy.hops.map(unreachable), ...this.#behind(toProxy, way, flow, internet));
      break;
    }
    return wayOf(flow, [...hops, ...this.#settings(server, flow)]);
  }

  /** What a proxy does with a flow, and what becomes of it from there: where it is the site's own. */
  #behind({ address, hops }: Leg, { port }: ProxyPlace, flow: WantedFlow, internet: Internet): Hop[] {
    const { proxy } = this.site;
    const isSites = address !== undefined && address === this.#addresses.proxy;
    if (proxy && isSites && port === Number(proxy.address.split(':')[1]))
      return [this.#proxy(flow), ...this.#leg({ machine: 'proxy' }, flow, flow, internet).hops];
    if (hops.some(({ result }) => result !== undefined)) return [];
    const isOwn = address !== undefined && isInside(this.#addresses, address);
    return [
      {
        ...{ device: isOwn ? 'application-host' : 'cloud', from: flow.server, action: 'refuse' },
        ...{ rule: 'no proxy', explanation: `what listens at ${address} port ${port} is no proxy` },
        result: 'proxy-unreachable',
      },
    ];
  }

  /** From a sender to a place: the name, the sender's own firewall, and what stands before the internet. */
  #leg(
    sender: Sender,
    { host, port }: { host: string; port: number },
    wanted: WantedFlow,
    internet: Internet,
  ): Leg {
    const { resolver, chain, address } = this.#resolve(sender, host, internet);
    const hops = resolver ? [resolver] : [];
    if (address === undefined) return { hops };
    if (isLoopback(host)) return { hops: [...hops, nobodyAtHome(sender, address, port)], address };
    const flow: Flow = {
      machine: sender.machine,
      ...(sender.account && { account: sender.account }),
      ...{ host, names: chain, address, port },
    };
    if (sender.firewall) {
      const decision = decide(sender.firewall, flow);
      hops.push(this.#firewall('host-firewall', sender, sender.firewall, flow, decision));
    }
    if (isInside(this.#addresses, address))
      return { hops: [...hops, ...this.#arrives(flow, wanted)], address };
    hops.push(
      this.#edge(sender, flow),
      ...this.#synProxy(sender, flow),
      ...inspectorHops(this.site, wanted, flow, this.options),
      ...this.#link(sender),
      ...this.#arrives(flow, wanted),
    );
    return { hops, address };
  }

  /** What the resolver says, and where packets go if it tells the truth: later devices are asked about that. */
  #resolve(sender: Sender, host: string, internet: Internet) {
    if (isAddress(host)) return { chain: [], address: host };
    const answer = answerFor(this.site.resolver, this.#internal, internet, host);
    const isGood = answer.outcome === 'ok';
    const resolver: Hop = {
      device: 'resolver',
      from: sender.machine,
      action: isGood ? 'answer' : 'misanswer',
      ...(answer.rule && { rule: answer.rule }),
      explanation: isGood
        ? `${host} is ${answer.addresses[0]}`
        : words(host, answer.outcome as Outcome, answer),
      ...(!isGood && { result: answer.outcome as Outcome }),
    };
    if (isGood) return { resolver, chain: [...answer.chain], address: answer.addresses[0] };
    const own = this.#internal.get(host);
    const known = internet.find(host);
    const address = own ?? known?.address;
    return { resolver, chain: known ? [host, ...known.chain] : [host], address };
  }

  #edge(sender: Sender, flow: Flow): Hop {
    const { firewall } = this.site;
    const seen = firewall['names-from'] === 'dns' ? flow : { ...flow, names: [flow.host] };
    return this.#firewall('edge-firewall', sender, firewall, seen, decideAtEdge(firewall, flow));
  }

  #firewall(
    device: Device,
    { machine }: Sender,
    policy: Policy,
    flow: Flow,
    { action, rule, index, explanation, byName }: ReturnType<typeof decideAtEdge>,
  ): Hop {
    const result = action === 'allow' ? undefined : byName ? ('sni-block' as const) : seen[action];
    const near =
      this.options.nearest && (result !== undefined || index === undefined)
        ? nearestRule(policy, flow, { action, index })
        : undefined;
    // The site's own addresses are its own.
    const notJudged = isInside(this.#addresses, flow.address)
      ? []
      : notJudgedBy(policy, flow, { action, rule, explanation, ...(index !== undefined && { index }) });
    return {
      ...{ device, from: machine, action, rule, explanation },
      ...(index !== undefined && { index }),
      ...(notJudged.length > 0 && { notJudged }),
      ...(result && { result }),
      ...(near && { near }),
    };
  }

  #proxy({ host, port, account }: WantedFlow): Hop {
    const { proxy } = this.site;
    if (!proxy) throw new Error('the site has no proxy');
    const { action, rule, explanation } = decideProxy(
      proxy,
      { host, port, account, method: methodTo(port) },
      false,
    );
    const result = { allow: undefined, refuse: 'proxy-403', challenge: 'proxy-407' } as const;
    const near = this.options.nearest && action !== 'allow' ? nearestOfProxy(proxy, action, host) : undefined;
    return {
      ...{ device: 'proxy', from: 'proxy', action, rule, explanation },
      ...(result[action] && { result: result[action] }),
      ...(near && { near }),
    };
  }

  /** It reads the ClientHello, so that what it lets through is what is said about the name. */
  #synProxy(sender: Sender, { host, port }: Flow): Hop[] {
    const settings = this.site['syn-proxy'];
    if (!settings || port !== 443) return [];
    const { action, rule, explanation } = decideSynProxy(settings, host);
    const result = action === 'reset' ? ('sni-block' as const) : undefined;
    return [
      { device: 'syn-proxy', from: sender.machine, action, rule, explanation, ...(result && { result }) },
    ];
  }

  #link(sender: Sender): Hop[] {
    const { loss } = this.site.link;
    if (loss < 1) return [];
    const explanation = 'the link loses every packet';
    return [
      {
        device: 'link',
        from: sender.machine,
        action: 'lose',
        rule: 'loss 100%',
        explanation,
        result: 'tcp-drop',
      },
    ];
  }

  /** Whether anybody listens where the packets arrive, and what an application does then. */
  #arrives({ machine, address, port }: Flow, wanted: WantedFlow): Hop[] {
    const isOwn = isInside(this.#addresses, address);
    if (isOwn ? this.#listensInside(address, port) : this.internet.listens(address, port)) {
      const application = this.#applicationOf(wanted);
      return application ? applicationHops(application, machine) : [];
    }
    return [
      {
        device: isOwn ? 'application-host' : 'cloud',
        from: machine,
        action: 'unreachable',
        rule: 'nothing listens',
        explanation: `nothing listens at ${address} port ${port}`,
        result: 'tcp-reject',
      },
    ];
  }

  #listensInside(address: string, port: number): boolean {
    const { proxy, applications, inspectionList, resolver } = this.#addresses;
    if (address === proxy) return port === Number(this.site.proxy?.address.split(':')[1]);
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

  #applicationOf({ application }: WantedFlow): Application | undefined {
    return this.site.applications.find(({ name }) => name === application);
  }

  /** What the server itself spoils, whatever the network lets pass. */
  #settings(server: Server, wanted: WantedFlow): Hop[] {
    const speaksTls = wanted.direct ? isSecure(this.#applicationOf(wanted)) : wanted.port === 443;
    if (!speaksTls || server.tls === '1.2') return [];
    const other = wanted.direct ? wanted.host : 'the cloud';
    const explanation = `${server.name} offers TLS ${server.tls}, and ${other} takes TLS 1.2 and later`;
    return [
      {
        ...{ device: 'server', from: server.name, action: 'refuse', rule: `tls ${server.tls}`, explanation },
        result: 'tls-protocol-version',
      },
    ];
  }
}

/** An agent that a PAC file counts on, and that no server of the lab has. */
function nobodyAtHome({ machine }: Sender, address: string, port: number): Hop {
  return {
    ...{ device: 'server', from: machine, action: 'unreachable', rule: 'nothing listens' },
    explanation: `nothing listens on ${machine} itself (${address} port ${port})`,
    result: 'tcp-reject',
  };
}

/** On the way to its proxy a client sees one thing, whatever happened. */
function unreachable(hop: Hop): Hop {
  return hop.result ? { ...hop, result: 'proxy-unreachable' } : hop;
}

/** What a client sees of a dead proxy, and goes on to the next of its list. */
function passedOver({ result, ...hop }: Hop): Hop {
  return result ? { ...hop, passedOver: result } : hop;
}

function words(host: string, outcome: Outcome, { addresses }: { addresses: readonly string[] }): string {
  if (outcome === 'dns-timeout') return `the resolver does not answer for ${host}`;
  if (outcome === 'dns-wrong-answer')
    return `the resolver says that ${host} is ${addresses[0]}, which it is not`;
  return `the resolver says that there is no ${host}`;
}

/** How Windows asks a proxy: for pages in the clear on port 80, for a tunnel everywhere else. */
export function methodTo(port: number): 'connect' | 'plain' {
  return port === 80 ? 'plain' : 'connect';
}
