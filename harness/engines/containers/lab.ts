import type { ServerSettings } from '../../../docker/agent/roles.js';
import { pemOf, type WireRoot } from '../../../docker/agent/wire-root.js';
import type { Asker, Dialer } from '../../../mocks/network.js';
import type { Trust } from '../../../mocks/pki/trust.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Phase, ResultName } from '../../../model/evidence/vocabulary.js';
import type { Step } from '../../../model/scenario/step.js';
import { addressPlan } from '../../../model/site/address-plan.js';
import { type SiteAddresses, siteAddresses } from '../../../model/site/addresses.js';
import { isProxyMachine } from '../../../model/site/proxies.js';
import type { Site } from '../../../model/site/schema.js';
import { conduct } from '../conductor.js';
import type { Guest, Lab, LabMachine, LabOptions } from '../engine.js';
import { Recorder } from '../recorder.js';
import { captureFolder, collectCaptures } from './captures.js';
import { machineOf } from './errand.js';
import { Evidence } from './evidence.js';
import { assertKernelCan } from './kernel-needs.js';
import { LabTime } from './lab-time.js';
import { MachineWork } from './machine-work.js';
import type { Machines } from './machines.js';
import type { MachineName } from './places.js';
import { endAtProxy, installProxies } from './proxies.js';
import { applicationHosts, gatewaySettings, serverSettings } from './settings.js';
import { takingTurns } from './taking-turns.js';
import { ContainersVerbs } from './verbs.js';

/** Whoever lends the machines of a lab. */
export interface LabOwner {
  /** Folder for what is captured on the machines. */
  captures?: string;
  /** Waits for what the machines do, as long as their engine is there. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Takes the machines back. */
  release(failed: boolean): Promise<void>;
  /** The machines will not come back. */
  letGo(): void;
}

/** One site on the machines of a pool. */
export class ContainersLab implements Lab {
  readonly #evidence: Evidence;
  readonly #time: LabTime;
  readonly #recorder: Recorder;
  readonly #verbs: ContainersVerbs;
  readonly #work: MachineWork;
  #addresses: SiteAddresses;
  #roots: WireRoot[] = [];
  #addedRoots: WireRoot[] = [];
  #trust: Trust | undefined;
  #kept = false;
  #ended: Promise<void> | undefined;
  /** Many connections may fail at the same time. */
  readonly #toldForAll = takingTurns(() => this.#allTold());

  private constructor(
    private readonly machines: Machines,
    private site: Site,
    private readonly options: LabOptions,
    private readonly owner: LabOwner,
  ) {
    this.#addresses = siteAddresses(site);
    this.#work = new MachineWork(machines, owner);
    this.#time = new LabTime(machines, options.startAt);
    this.#recorder = new Recorder(options, () => this.#time.now);
    this.#evidence = new Evidence(
      {
        record: (machine, event) => void this.#recorder.record(machine, event),
        end: (machine, connection, result, words) => this.#end(machine, connection, result, words),
        endFar: (connection, words) => void machines.cloud.end(connection, words).catch(() => {}),
        endQueries: (name, of) => this.#toServers((server) => server.endQueries(name), of),
      },
      { site, addresses: this.#addresses },
    );
    this.#verbs = new ContainersVerbs({
      ...{ machines, time: this.#time, evidence: this.#evidence },
      addresses: () => this.#addresses,
      server: (name) => machines.server(this.#indexOf(name)),
      servers: () => this.site.servers.map((_, index) => machines.server(index)),
    });
    machines.onNotice = (machine, notice) => {
      if (notice.kind === 'failed') void this.#conclude(machine, notice.connection);
      else this.#evidence.hear(notice);
    };
  }

  /** Puts a site on machines that nothing is on. */
  static async open(
    machines: Machines,
    site: Site,
    options: LabOptions,
    owner: LabOwner,
  ): Promise<ContainersLab> {
    const lab = new ContainersLab(machines, site, options, owner);
    try {
      await owner.during(lab.#open());
      return lab;
    } catch (error) {
      await owner.release(true);
      throw error;
    }
  }

  async #open(): Promise<void> {
    const { machines, site, owner } = this;
    const { startAt } = this.options;
    await machines.servers(site.servers.length);
    if (owner.captures) await Promise.all(machines.all.map((machine) => machine.startCapture()));
    const names = { address: addressPlan.names, faulty: addressPlan.faultyNames };
    const [{ roots, outside }, addedRoots] = await Promise.all([
      machines.cloud.open(site, startAt, names),
      this.#installDevices(),
    ]);
    this.#roots = roots;
    this.#addedRoots = addedRoots;
    this.#trust = outside;
    await Promise.all([
      ...site.servers.map((_, index) => machines.server(index).open(this.#settings(index, addedRoots))),
      machines.users.open(site, startAt, this.#roots, this.#addresses.user, addressPlan.names),
    ]);
  }

  begin(phase: Phase, change?: string): void {
    this.#evidence.flush();
    this.#recorder.phase = phase;
    this.note({ kind: 'phase', ...(change && { change }) });
  }

  change(site: Site): Promise<void> {
    return this.#work.guard(() => this.#change(site));
  }

  async #change(site: Site): Promise<void> {
    this.site = site;
    this.#addresses = siteAddresses(site);
    await Promise.all(this.machines.all.map((machine) => machine.cut()));
    // What the network still tells of the old site's connections is not the new one's.
    await this.#allTold();
    this.#evidence.use({ site, addresses: this.#addresses });
    const [addedRoots] = await Promise.all([this.#installDevices(), this.machines.cloud.change(site)]);
    this.#addedRoots = addedRoots;
    await Promise.all([
      ...site.servers.map((_, index) =>
        this.machines.server(index).change(this.#settings(index, addedRoots)),
      ),
      this.machines.users.change(site),
    ]);
    await this.#time.set(this.#time.now);
  }

  async perform(step: Step): Promise<void> {
    await this.#work.guard(async () => {
      await conduct(step, this.#verbs);
      await this.#settle();
    });
  }

  get trust(): Trust {
    if (!this.#trust) throw new Error('the lab is not open');
    return this.#trust;
  }

  dialer(server?: string, as: Asker = {}): Dialer {
    const from = server === undefined ? 'users' : (`server-${this.#indexOf(server) + 1}` as const);
    return (host, port) => this.machines.enter(from, { host, port, ...as });
  }

  guest(image: string): Promise<Guest> {
    const { onLink } = this.#settings(0, []);
    const roots = [this.trust.roots, ...this.#addedRoots.map(pemOf)].join('');
    return this.owner.during(this.machines.startGuest(image, { onLink, roots }));
  }

  machine(name: string): LabMachine {
    const { machines, owner } = this;
    const index = this.#indexOf(name);
    return machineOf(this.#settings(index, this.#addedRoots), (errand, userId) =>
      owner.during(Promise.race([machines.run(index, errand, userId), machines.death])),
    );
  }

  note(event: EventBody): void {
    this.#evidence.add('harness', event);
  }

  /** Again it does nothing: machines that came back twice would be two labs'. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#ended ??= this.#giveBack();
    return this.#ended;
  }

  async #giveBack(): Promise<void> {
    if (this.#kept) return;
    try {
      await this.#work.guard(() => this.#finish());
    } finally {
      await this.owner.release(this.#work.isSpoilt);
    }
  }

  async keep(): Promise<string[]> {
    this.#kept = true;
    await this.#finish();
    this.owner.letGo();
    return this.machines.keep();
  }

  async #finish(): Promise<void> {
    const { captures } = this.owner;
    const tell = (machine: string, event: EventBody) => this.#evidence.add(machine, event);
    if (captures && !this.#work.hasFailed)
      await collectCaptures(this.machines, captures, captureFolder(this.options), tell);
    this.#evidence.flush();
    this.machines.onNotice = () => {};
  }

  /**
   * Resolver, firewalls, inspector, proxy and applications, as the site has them. Returns the authorities
   * that its servers trust besides the public ones.
   */
  async #installDevices(): Promise<WireRoot[]> {
    const { site, machines } = this;
    const addresses = this.#addresses;
    await assertKernelCan(site, () => machines.features());
    await machines.useIpv6(site.link.ipv6 !== undefined);
    const gateway = machines.gateway.configure(gatewaySettings(site, addresses, this.#time.now));
    const [atEdge, own, atProxy, ...onServers] = await Promise.all([
      gateway,
      machines.applications.configure(site, [...applicationHosts(addresses)], this.#time.now),
      gateway.then(() => installProxies(machines, site, addresses, this.options.startAt)),
      ...site.servers.map(({ name }, index) => machines.server(index).serve(site, name, this.#time.now)),
    ]);
    const trusted = site.inspection?.['trusted-by-server'] ? (atEdge ?? atProxy) : null;
    return [trusted, own, ...onServers].filter((root) => root !== null);
  }

  #settings(index: number, addedRoots: WireRoot[]): ServerSettings {
    const { site, options } = this;
    const server = site.servers[index];
    if (!server) throw new Error(`the site has no server ${index + 1}`);
    return serverSettings(site, server, this.#addresses, {
      startAt: options.startAt,
      roots: this.#roots,
      addedRoots,
    });
  }

  #indexOf(name: string): number {
    const index = this.site.servers.findIndex((server) => server.name === name);
    if (index < 0) throw new Error(`the site has no server called ${name}`);
    return index;
  }

  /** `of`: to this server only; absent: to all that ask the site's resolver. */
  #toServers(call: (server: ReturnType<Machines['server']>) => Promise<void>, of?: string): void {
    for (const [index, { name, resolver }] of this.site.servers.entries())
      if (of === undefined ? !resolver : name === of) void call(this.machines.server(index)).catch(() => {});
  }

  #end(machine: string, connection: string, result: ResultName, words: string): void {
    const index = this.site.servers.findIndex(({ name }) => name === machine);
    const told =
      index >= 0
        ? this.machines.server(index).end(connection, result, words)
        : isProxyMachine(machine)
          ? endAtProxy(this.machines, machine, connection, result)
          : this.machines.users.end(connection, result, words);
    // A machine that is gone fails the step's own calls.
    told.catch(() => {});
  }

  /** Ends when everything the step caused has been told, and writes it down. */
  async #settle(): Promise<void> {
    await Promise.all([this.#allTold(), this.machines.assertJoined()]);
    this.#evidence.flush();
  }

  async #allTold(): Promise<void> {
    await Promise.all(this.machines.all.map((machine) => machine.settle()));
  }

  /** A connection failed: where a device did it, its evidence is here when all has come, and was told first. */
  async #conclude(machine: MachineName, connection: string): Promise<void> {
    // A machine that is gone fails the step's own calls.
    await this.#toldForAll().catch(() => {});
    await this.machines
      .machine(machine)
      .conclude(connection)
      .catch(() => {});
  }
}
