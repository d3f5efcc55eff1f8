import { Connector } from '../../mocks/connector/connector.js';
import type { Installation } from '../../mocks/connector/identity.js';
import { CertificateFacts } from '../../mocks/connector/trust/certificate-facts.js';
import { LabClock } from '../../mocks/devices/lab-clock.js';
import type { Dial, NetworkStack, Resolution } from '../../mocks/network.js';
import { tryConnection } from '../../mocks/try-connection.js';
import { tryName } from '../../mocks/try-name.js';
import type { Account, Operation, ResultName, WindowsService } from '../../model/evidence/vocabulary.js';
import { hostsLine } from '../../model/policy/hosts-file.js';
import { matchesHost } from '../../model/policy/match-host.js';
import { endsSearch, fruitless, namesToAsk } from '../../model/policy/search-list.js';
import type { Tried } from '../../model/scenario/verbs.js';
import { ipv6Of } from '../../model/site/address-plan.js';
import { canonical } from '../../model/site/host-name.js';
import type { Site } from '../../model/site/schema.js';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import { userIdOf } from './dial.js';
import { enter } from './dialer.js';
import { HostsFile } from './hosts-file.js';
import { IpEntries } from './ip-entries.js';
import type { Known } from './learn-name.js';
import { OwnApplications } from './own-applications.js';
import type { ServerRole, ServerSettings } from './roles.js';
import type { Streams } from './streams.js';
import { Wire } from './wire.js';
import type { WireRoot } from './wire-root.js';

/** A connector's server: its host firewall, its accounts, and the connector's software. */
export class ServerMachine extends BaseRole implements ServerRole {
  readonly #certificates = new CertificateFacts();
  #settings: ServerSettings | undefined;
  #connector: Connector | undefined;
  #wire: Wire | undefined;
  #stack: NetworkStack | undefined;
  readonly #routes = new IpEntries();
  readonly #hosts = new HostsFile();
  readonly #applications: OwnApplications;

  constructor(
    private readonly tell: (notice: Notice) => void,
    private readonly streams: Streams,
  ) {
    super();
    this.#applications = new OwnApplications({ ports: this.ports, tell }, () => this.clock);
    this.onPacket = (packet) => this.tell({ kind: 'packet', packet });
  }

  serve(site: Site, server: string, startAt: number): Promise<WireRoot | null> {
    return this.#applications.serve(site, server, startAt);
  }

  async open(settings: ServerSettings): Promise<void> {
    await this.#install(settings);
    this.clock = new LabClock(settings.startAt);
    this.#wire = new Wire({
      ports: this.ports,
      address: settings.address,
      ipv6: () => (this.#present.site.link.ipv6 ? ipv6Of(settings.address) : undefined),
      resolver: () => this.#present.resolver,
      knows: (name) => this.#knows(name),
      search: {
        namesToAsk: (name) => namesToAsk(this.#present.server, this.#present.site, name),
        ends: (name, asked, outcome) => endsSearch(this.#present.site, name, asked, outcome),
        fruitless: (name) => fruitless(this.#present.server, this.#present.site, name),
      },
      tell: this.tell,
      userId: (account) => this.#settings && userIdOf(this.#settings.site, account),
      onResolved: (resolution) => this.#learn(resolution),
    });
    this.#stack = this.#wire.stack(settings.server.name, () =>
      this.clock.skewed(this.#settings?.server['clock-skew'] ?? 0),
    );
    this.#connector = new Connector({
      stack: this.#stack,
      server: settings.server,
      site: settings.site,
      roots: settings.roots.map(rootOf),
      certificates: this.#certificates,
      addedRoots: settings.addedRoots.map(rootOf),
    });
  }

  async change(settings: ServerSettings): Promise<void> {
    await this.#install(settings);
    const { server, site, addedRoots } = settings;
    this.#connector?.setSite(server, site, addedRoots.map(rootOf));
  }

  async perform(operation: Operation): Promise<void> {
    await this.#connector?.perform(operation);
  }

  async installation(): Promise<Installation> {
    return this.#connector?.installation ?? {};
  }

  async take(installation: Installation): Promise<void> {
    this.#connector?.take(installation);
  }

  async service(service: WindowsService, to: 'start' | 'stop'): Promise<void> {
    await this.#connector?.service(service, to);
  }

  async idle(): Promise<void> {
    await this.#connector?.idle();
  }

  async connect(account: Account, host: string, port: number): Promise<Tried> {
    return tryConnection(this.#open, account, host, port);
  }

  async resolve(account: Account, name: string): Promise<void> {
    return tryName(this.#open, account, name);
  }

  async enter(stream: number, dial: Dial) {
    return enter(this.streams, this.#open, stream, dial);
  }

  async end(connection: string, result: ResultName, words: string): Promise<void> {
    this.#wire?.end(connection, result, words);
  }

  async endQueries(name: string): Promise<void> {
    this.#wire?.endQueries(name);
  }

  protected async close(): Promise<void> {
    await this.#connector?.[Symbol.asyncDispose]();
    await this.#applications.close();
    this.#connector = undefined;
    this.#settings = undefined;
    await this.#routes.become([]);
    await this.#hosts.restore();
  }

  protected wires(): readonly Wire[] {
    return [this.#applications.wire, ...(this.#wire ? [this.#wire] : [])];
  }

  async #install(settings: ServerSettings): Promise<void> {
    this.#settings = settings;
    await this.nft.apply(settings.firewall);
    await this.#hosts.become(settings.hosts);
    await this.#routes.become(
      settings.onLink.map((to) => `route replace ${to} dev inside src ${settings.address}`),
    );
    await this.sensor?.proveAlive();
  }

  /** Rules of the host firewall that are about names learn addresses from the answers. */
  async #learn({ chain, addresses }: Resolution): Promise<void> {
    const sets = (this.#settings?.learn ?? []).filter(({ destination, match }) =>
      chain.some((name) => matchesHost(destination, match, name)),
    );
    if (sets.length === 0) return;
    const lines = sets.map(({ set }) => `add element inet lab ${set} { ${addresses.join(', ')} }\n`);
    await this.nft.apply(lines.join(''));
  }

  /** What nobody else is asked for. */
  async #knows(name: string): Promise<Known | undefined> {
    if (canonical(name) === 'localhost') return { address: '127.0.0.1' };
    const address = await this.#hosts.find(name);
    const line = address === undefined ? undefined : hostsLine(this.#present.server, name);
    return address === undefined ? undefined : { address, ...(line && { rule: line.rule }) };
  }

  get #present(): ServerSettings {
    if (!this.#settings) throw new Error('the server is not open');
    return this.#settings;
  }

  get #open(): NetworkStack {
    if (!this.#stack) throw new Error('the server is not open');
    return this.#stack;
  }
}

function rootOf({ name, der }: WireRoot): { name: string; der: Uint8Array } {
  return { name, der: Buffer.from(der, 'base64') };
}
