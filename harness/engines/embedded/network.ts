import { isIP, type Socket } from 'node:net';
import { type Attempt, decided } from '../../../mocks/devices/decided.js';
import { explicitProxy } from '../../../mocks/devices/explicit-proxy.js';
import type { LabClock } from '../../../mocks/devices/lab-clock.js';
import { noPortOpen, nothingListens } from '../../../mocks/devices/nothing-listens.js';
import { publicAnswer } from '../../../mocks/devices/public-answer.js';
import { synTimeoutMs } from '../../../mocks/devices/refusal.js';
import type { Fabric } from '../../../mocks/loopback/fabric.js';
import {
  type Asker,
  type Clock,
  type Connection,
  type Dial,
  type Listener,
  NetworkError,
  type NetworkStack,
} from '../../../mocks/network.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import type { CloudHost } from '../../../mocks/zone.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Flow } from '../../../model/policy/flow.js';
import { decideInbound } from '../../../model/policy/inbound.js';
import { ipv6Decision } from '../../../model/policy/link.js';
import { isLoopback } from '../../../model/site/address-range.js';
import { isInside, type SiteAddresses, siteAddresses } from '../../../model/site/addresses.js';
import { type ProxyMachine, proxiesOf, type SiteProxy } from '../../../model/site/proxies.js';
import type { Site } from '../../../model/site/schema.js';
import { type Device, type DeviceContext, type Installed, through } from './devices/device.js';
import { devicesAtEdge, devicesOn } from './devices/devices.js';
import { type Learned, SiteResolver } from './resolver.js';

export interface NetworkOptions {
  fabric: Fabric;
  clock: LabClock;
  emit(machine: string, event: EventBody): string;
}

/** Where a machine stands: inside the site behind its devices, or on the internet. */
type Origin =
  | { kind: 'server'; name: string }
  | { kind: 'proxy'; name: ProxyMachine }
  | { kind: 'internet'; name: string };

/** One site's network: resolver, devices in path order, and the stacks of the machines. */
export class Network {
  readonly context: DeviceContext;
  #site: Site;
  #zone: readonly CloudHost[] = [];
  #addresses: SiteAddresses;
  #resolver: SiteResolver;
  #atEdge: Device[] = [];
  #onServers = new Map<string, Device[]>();
  #proxies: Listener[] = [];

  constructor(
    private readonly options: NetworkOptions,
    site: Site,
  ) {
    this.context = options;
    this.#site = site;
    this.#addresses = siteAddresses(site);
    this.#resolver = new SiteResolver(this.context, site, []);
  }

  /** Puts a site's devices in place. Connections made through the old ones are for the caller to cut. */
  async install(
    site: Site,
    zone: readonly CloudHost[],
    authority: InspectionAuthority | undefined,
  ): Promise<void> {
    const { context } = this;
    this.#site = site;
    this.#zone = zone;
    this.#addresses = siteAddresses(site);
    this.#resolver = new SiteResolver(context, site, zone);
    const installed = { site, authority };
    this.#onServers = new Map(
      site.servers.map((server) => [server.name, devicesOn(server, context, installed)]),
    );
    this.#atEdge = devicesAtEdge(context, installed);
    for (const proxy of this.#proxies.splice(0)) await proxy.close();
    for (const [index, one] of proxiesOf(site).entries())
      this.#proxies.push(this.#listen(one, proxiesOf(site)[index + 1], installed));
  }

  #listen(
    { machine, settings, address, port }: SiteProxy,
    parent: SiteProxy | undefined,
    { site, authority }: Installed,
  ): Listener {
    const connect = (dial: Dial) => this.#connect({ kind: 'proxy', name: machine }, dial);
    const behind = parent && { parent: { host: parent.address, port: parent.port } };
    const { inspection } = site;
    const reads = inspection?.at === 'proxy' &&
      machine === 'proxy' &&
      authority && { inspection: { settings: inspection, authority } };
    const serverAt = (at: string) => [...this.#addresses.servers].find(([, own]) => own === at)?.[0];
    const accept = explicitProxy(
      { ...this.context, machine, ...behind, ...reads, connect, serverAt },
      settings,
    );
    return this.options.fabric.listen(address, port, accept);
  }

  /** The site whose devices are in place. */
  get site(): Site {
    return this.#site;
  }

  /** The stack of one of the site's servers, with its own, perhaps wrong, clock. */
  server(name: string): NetworkStack {
    return this.#stack(name, { kind: 'server', name }, () => {
      const server = this.#site.servers.find((one) => one.name === name);
      return this.options.clock.skewed(server?.['clock-skew'] ?? 0);
    });
  }

  /** The stack of a machine that no device of the site stands before: cloud, users, applications. */
  internet(name: string): NetworkStack {
    return this.#stack(name, { kind: 'internet', name }, () => this.options.clock);
  }

  /** Somebody outside sends a packet to a server: the edge decides, and no connector listens. */
  probe(server: string, port: number): { connection: string; outcome: 'tcp-drop' | 'tcp-reject' } {
    const connection = this.options.fabric.nextConnection();
    const address = this.#addresses.servers.get(server) ?? '';
    this.options.emit('outside', { kind: 'connection', connection, host: server, address, port });
    const flow = { machine: 'outside', host: server, address, port };
    const decision = decideInbound(this.#site);
    decided(this.context, { connection, flow }, decision);
    if (decision.action === 'drop') return { connection, outcome: 'tcp-drop' };
    decided(this.context, { connection, flow }, noPortOpen());
    return { connection, outcome: 'tcp-reject' };
  }

  #stack(machine: string, origin: Origin, clock: () => Clock): NetworkStack {
    const { fabric, emit } = this.options;
    return {
      machine,
      get clock() {
        return clock();
      },
      resolve: async (name, asker) => this.#resolve(origin, name, asker),
      connect: (dial) => this.#connect(origin, dial),
      listen: async (address, port, accept) => fabric.listen(address, port, accept),
      emit: (event) => emit(machine, event),
    };
  }

  #resolve(origin: Origin, name: string, asker: Asker): Learned {
    if (origin.kind !== 'internet') return this.#resolver.resolve(name, origin.name, asker);
    const answer = publicAnswer(this.#zone, name);
    if (answer.outcome === 'ok') return answer;
    throw new NetworkError(answer.outcome, `${name}: no such name`);
  }

  async #connect(origin: Origin, dial: Dial): Promise<Connection> {
    const { host, port, parent, account, stack } = dial;
    const { chain, addresses, isUnasked }: Learned = isIP(host)
      ? { chain: [], addresses: [host] }
      : this.#resolve(origin, host, { account, stack });
    const address = addresses[0] ?? '';
    const connection = this.options.fabric.nextConnection();
    const machine = origin.name;
    this.options.emit(machine, {
      kind: 'connection',
      connection,
      host,
      address,
      port,
      ...(parent && { parent }),
      ...(account && { account }),
      ...(stack && { stack }),
    });
    const from = this.#addressOf(origin);
    if (isLoopback(address) || (origin.kind === 'server' && address === from)) {
      const socket = await this.options.fabric.dial(from, port, {
        ...{ connection, from },
        ...(account && { account }),
      });
      if (socket) return { id: connection, socket, address };
      throw new NetworkError('tcp-reject', `${host}:${port}: the connection was refused`, connection);
    }
    const flow: Flow = {
      ...{ machine, host, names: chain, address, port },
      ...(account && { account }),
      ...(isUnasked && { isUnasked }),
    };
    const attempt: Attempt = { connection, flow, ...(stack && { stack }) };
    const waitedMs = isIP(host) || isUnasked ? 0 : this.#triesIpv6(origin, attempt);
    const socket = await through(this.#path(origin, address), attempt, () => this.#arrive(attempt, from));
    return { id: connection, socket, address, ...(waitedMs > 0 && { waitedMs }) };
  }

  /** A server tries the address of IPv6 first that a public name has as well. Returns what it waits, milliseconds. */
  #triesIpv6(origin: Origin, attempt: Attempt): number {
    const { link } = this.#site;
    const { host, address } = attempt.flow;
    const tried = ipv6Decision(link, host);
    if (!tried || origin.kind !== 'server' || isInside(this.#addresses, address)) return 0;
    decided(this.context, attempt, tried);
    return link.ipv6 === 'silent' ? synTimeoutMs : 0;
  }

  #path(origin: Origin, address: string): readonly Device[] {
    if (origin.kind === 'internet') return [];
    const own = origin.kind === 'server' ? (this.#onServers.get(origin.name) ?? []) : [];
    return isInside(this.#addresses, address) ? own : [...own, ...this.#atEdge];
  }

  #addressOf(origin: Origin): string {
    const { servers, proxy, parentProxy, user } = this.#addresses;
    if (origin.kind === 'server') return servers.get(origin.name) ?? '';
    if (origin.kind === 'internet') return user;
    return (origin.name === 'proxy' ? proxy : parentProxy) ?? '';
  }

  async #arrive(attempt: Attempt, from: string): Promise<Socket> {
    const { address, port, host, account } = attempt.flow;
    const { connection } = attempt;
    const socket = await this.options.fabric.dial(address, port, {
      ...{ connection, from },
      ...(account && { account }),
    });
    if (socket) return socket;
    decided(this.context, attempt, nothingListens(this.#addresses, address, port));
    throw new NetworkError('tcp-reject', `${host}:${port}: the connection was refused`, attempt.connection);
  }
}
