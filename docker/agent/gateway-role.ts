import { createServer, type Server, type Socket } from 'node:net';
import { inspection } from '../../mocks/devices/inspection.js';
import { LabClock } from '../../mocks/devices/lab-clock.js';
import { listServer } from '../../mocks/devices/list-server.js';
import { InspectionAuthority } from '../../mocks/pki/inspection-authority.js';
import { BaseRole, forgetStates } from './base-role.js';
import type { Notice, Sight } from './channel.js';
import { connectionId } from './connection-id.js';
import { dial, type Route } from './dial.js';
import { Idle } from './idle.js';
import { startMitmproxy } from './inspectors/mitmproxy.js';
import { startMockttp } from './inspectors/mockttp.js';
import type { InspectorDecision, InspectorProduct } from './inspectors/product.js';
import { startSquidInspector } from './inspectors/squid.js';
import { canDelay, LinkDevice } from './link.js';
import { inspectionPort } from './ports.js';
import { Resolver } from './resolver.js';
import type { GatewayRole, GatewaySettings, KernelFeature, Place, WireRoot } from './roles.js';
import { run } from './shell.js';
import { type NameDecision, SniFirewall } from './sni-firewall.js';
import { StateSensor } from './state-sensor.js';
import { Wire } from './wire.js';

const products = { squid: startSquidInspector, mitmproxy: startMitmproxy, mockttp: startMockttp };
/** A destination that was seen in the firewall's log is remembered for so many connections. */
const remembered = 4096;

/** The site's way out: edge firewall, resolver, transparent inspection and link. */
export class GatewayMachine extends BaseRole implements GatewayRole {
  readonly #destinations = new Map<string, Route>();
  readonly #asked = new Map<string, ((route: Route) => void)[]>();
  readonly #authorities = new Map<string, Promise<InspectionAuthority>>();
  #wire: Wire | undefined;
  readonly #resolver = new Resolver();
  #states: StateSensor | undefined;
  #inspector: Server | undefined;
  readonly #sniFirewall = new SniFirewall((decision) => void this.#named(decision));
  #product: InspectorProduct | undefined;
  #list: Server | undefined;
  #idle: Idle | undefined;
  readonly #link = new LinkDevice();

  constructor(private readonly tell: (notice: Notice) => void) {
    super();
    this.onSight = (sight) => this.#see(sight);
  }

  override async place(place: Place): Promise<void> {
    this.#states = await StateSensor.start((change) => this.tell({ kind: 'state', ...change }));
    await super.place(place);
  }

  async configure(settings: GatewaySettings): Promise<WireRoot | null> {
    this.clock = new LabClock(settings.startAt);
    this.#wire ??= new Wire({
      ports: this.ports,
      address: settings.address,
      resolver: settings.resolverAddress,
      tell: this.tell,
    });
    await this.#closeInspector();
    await this.nft.apply(settings.firewall);
    await forgetStates();
    await this.sensor?.proveAlive();
    await this.#states?.settle();
    await this.#resolver.use(settings.resolver, settings.resolverAddress);
    await this.#link.stop();
    if (settings.link) await this.#link.start(settings.link, settings.address);
    this.#idle =
      settings.idleTimeoutMs === undefined
        ? undefined
        : new Idle(settings.idleTimeoutMs, () => this.clock.now());
    if (settings.sniFirewall) {
      const authority = await this.#authority('SNI firewall', settings.startAt);
      await this.#sniFirewall.start(settings.sniFirewall, await authority.pem());
    }
    return this.#inspect(settings);
  }

  async features(): Promise<Record<KernelFeature, boolean>> {
    const works = async (undo: string, program: string, ...args: string[]) => {
      try {
        await run(program, args);
        if (undo) await run('sh', ['-c', undo]);
        return true;
      } catch {
        return false;
      }
    };
    const queue = (...what: string[]) =>
      works('tc qdisc del dev lo root', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', ...what);
    const rule = (text: string) =>
      works('', 'nft', '-c', `add table inet try; add chain inet try c; add rule inet try c ${text}`);
    return {
      delay: await canDelay(),
      rate: await queue('tbf', 'rate', '1mbit', 'burst', '10kb', 'latency', '50ms'),
      loss: await rule('numgen random mod 100 < 5 drop'),
      trace: await rule('meta nftrace set 1'),
    };
  }

  override async time(now: number): Promise<number | null> {
    const expired = await this.#idle?.look(now);
    for (const connection of expired ?? []) this.tell({ kind: 'expired', connection });
    return super.time(now);
  }

  protected async close(): Promise<void> {
    await this.#closeInspector();
    this.#idle = undefined;
    await this.#resolver.stop();
    await this.#link.stop();
  }

  override async reset(): Promise<string[]> {
    return [...(await super.reset()), ...(await this.#link.leftovers())];
  }

  override async settle(): Promise<void> {
    await super.settle();
    const queries = this.#resolver.take();
    await Promise.all([this.#states?.settle(), this.#product?.settle(), this.#sniFirewall.settle()]);
    for (const query of await queries) this.tell({ kind: 'query', query });
  }

  protected wires(): readonly Wire[] {
    return this.#wire ? [this.#wire] : [];
  }

  #see(sight: Sight): void {
    if (sight.prefix.startsWith('edge') && sight.protocol === 'tcp') {
      const { from, fromPort, to, toPort } = sight;
      const key = `${from}:${fromPort}`;
      const route = { from, fromPort, to, toPort };
      this.#destinations.set(key, route);
      for (const answer of this.#asked.get(key) ?? []) answer(route);
      this.#asked.delete(key);
      const [oldest] = this.#destinations.keys();
      if (this.#destinations.size > remembered && oldest) this.#destinations.delete(oldest);
    }
    this.tell({ kind: 'sight', sight });
  }

  /** Where a redirected connection wanted to go: the firewall's log has said it, or is about to. */
  #destination(from: string, fromPort: number): Promise<Route> {
    const key = `${from}:${fromPort}`;
    const known = this.#destinations.get(key);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => this.#asked.set(key, [...(this.#asked.get(key) ?? []), resolve]));
  }

  async #closeInspector(): Promise<void> {
    await this.#product?.stop();
    this.#product = undefined;
    this.#inspector?.close();
    await this.#sniFirewall.stop();
    this.#list?.close();
    this.#inspector = undefined;
    this.#list = undefined;
    this.#destinations.clear();
    this.#asked.clear();
  }

  async #inspect(settings: GatewaySettings): Promise<WireRoot | null> {
    const { inspection: wanted, startAt, inspectionListAddress } = settings;
    if (!wanted) return null;
    const authority = await this.#authority(wanted.authority, startAt);
    const list = listServer(authority, () => this.clock.now());
    await new Promise<void>((resolve) => list.listen(80, inspectionListAddress, resolve));
    this.#list = list;
    if (wanted.product !== 'node') {
      const { certificate, key } = await authority.pem();
      this.#product = await products[wanted.product]({
        settings: wanted,
        certificate,
        key,
        resolver: settings.resolverAddress,
        onDecision: (decision) => void this.#decided(decision),
      });
      return { name: authority.name, der: Buffer.from(authority.der).toString('base64') };
    }
    const emit = (machine: string, event: Extract<Notice, { kind: 'event' }>['event']) => {
      this.tell({ kind: 'event', machine, event });
      return '';
    };
    const stand = inspection({ emit }, wanted, authority);
    const server = createServer({ noDelay: true }, (socket) => void this.#stand(socket, settings, stand));
    await new Promise<void>((resolve) => server.listen(inspectionPort, '0.0.0.0', resolve));
    this.#inspector = server;
    return { name: authority.name, der: Buffer.from(authority.der).toString('base64') };
  }

  async #named({ from, fromPort, name, rule }: NameDecision): Promise<void> {
    const connection = connectionId(await this.#destination(from, fromPort));
    this.tell({ kind: 'named', connection, rule, ...(name && { name }) });
  }

  /** A product knows where a connection came from; the firewall's log has said where it wanted to go. */
  async #decided({ from, fromPort, name, ...decision }: InspectorDecision): Promise<void> {
    const route = await this.#destination(from, fromPort);
    this.tell({
      kind: 'event',
      machine: 'inspector',
      event: {
        kind: 'decision',
        connection: connectionId(route),
        device: 'inspector',
        ...decision,
        flow: { machine: from, host: name, address: route.to, port: route.toPort },
      },
    });
  }

  async #stand(
    socket: Socket,
    settings: GatewaySettings,
    stand: ReturnType<typeof inspection>,
  ): Promise<void> {
    socket.on('error', () => {});
    const route = await this.#destination(socket.remoteAddress ?? '', socket.remotePort ?? 0);
    const connection = connectionId(route);
    this.#wire?.track(connection, socket);
    const flow = { machine: route.from, host: route.to, address: route.to, port: route.toPort };
    await stand({ connection, flow }, socket, () => this.#onward(connection, route, settings.address));
  }

  /** The inspector's own connection to the server. */
  async #onward(connection: string, { to, toPort }: Route, from: string): Promise<Socket> {
    const route = { from, fromPort: this.ports.next(), to, toPort };
    const upstream = connectionId(route);
    this.tell({ kind: 'alias', upstream, connection });
    const socket = await dial(route).connected;
    this.#wire?.track(upstream, socket);
    return socket;
  }

  #authority(name: string, startAt: number): Promise<InspectionAuthority> {
    const key = `${startAt} ${name}`;
    const known = this.#authorities.get(key) ?? InspectionAuthority.create(name, startAt);
    this.#authorities.set(key, known);
    return known;
  }
}
