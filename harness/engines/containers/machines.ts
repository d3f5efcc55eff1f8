import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { type Notice, type Remote, remote } from '../../../docker/agent/channel.js';
import type { Dialer } from '../../../docker/agent/dialer.js';
import type {
  ApplicationsRole,
  CloudRole,
  GatewayRole,
  GuestRole,
  KernelFeature,
  ProxyRole,
  Role,
  ServerRole,
  SwitchRole,
  UsersRole,
} from '../../../docker/agent/roles.js';
import { type Dial, NetworkError } from '../../../mocks/network.js';
import type { Done, Errand, Guest } from '../engine.js';
import type { RoleName } from './confinement.js';
import { startGuest } from './guest.js';
import { labelsFor } from './labels.js';
import { MachineContainer } from './machine-container.js';
import { ipv6PlaceOf, type MachineName, placeOf, roleOf } from './places.js';
import { removeContainer } from './remove.js';
import { switchIpv6 } from './switch-ipv6.js';
import { together } from './together.js';

export interface MachinesOptions {
  /** Packets and TLS keys can be captured on every machine. */
  captures?: boolean;
}

/** The containers of one lab, on two networks with a gateway between them, and the switch that the networks are. */
export class Machines implements AsyncDisposable {
  readonly gateway = this.#remote<GatewayRole>('gateway');
  readonly cloud = this.#remote<CloudRole>('cloud');
  readonly applications = this.#remote<ApplicationsRole>('applications');
  readonly users = this.#remote<UsersRole>('users');
  readonly proxy = this.#remote<ProxyRole>('proxy');
  readonly parentProxy = this.#remote<ProxyRole>('parent-proxy');
  readonly #containers = new Map<MachineName, MachineContainer>();
  #switch: Promise<MachineContainer> | undefined;
  /** Container of an image that people brought along. */
  #guest: string | undefined;
  #servers: readonly MachineName[] = [];
  /** Machines on which IPv6 is on. */
  #withIpv6: readonly MachineName[] = [];
  #features: Promise<Record<KernelFeature, boolean>> | undefined;
  readonly #labels: Record<string, string>;
  readonly #prefix: string;
  #die: (error: Error) => void = () => {};
  /** Rejects when a machine dies that should not. */
  readonly death = new Promise<never>((_, reject) => {
    this.#die = reject;
  });
  /** Who hears what the machines tell. */
  onNotice: (machine: MachineName, notice: Notice) => void = () => {};

  private constructor(
    private readonly docker: Docker,
    private readonly image: string,
    run: string,
    private readonly options: MachinesOptions,
  ) {
    this.#labels = labelsFor(run);
    // Who waits for a machine hears of it; who does not, need not.
    this.death.catch(() => {});
    this.#prefix = `connector-lab-${randomBytes(5).toString('hex')}`;
  }

  static async start(
    docker: Docker,
    image: string,
    run: string,
    options: MachinesOptions = {},
  ): Promise<Machines> {
    const machines = new Machines(docker, image, run, options);
    try {
      const joining = machines.#container('switch', 'switch');
      machines.#switch = joining;
      const names: MachineName[] = ['gateway', 'cloud', 'applications', 'users', 'proxy', 'server-1'];
      await together<unknown>([joining, ...names.map((name) => machines.#start(name))]);
      return machines;
    } catch (error) {
      await machines[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The site's servers, in order; more are started where there are not enough. */
  async servers(count: number): Promise<void> {
    const names = Array.from({ length: count }, (_, index): MachineName => `server-${index + 1}`);
    await together(names.filter((name) => !this.#containers.has(name)).map((name) => this.#start(name)));
    this.#servers = names;
  }

  /** The proxy behind the first, which few sites have; whether there is one now. `wanted`: start it where there is none. */
  async withParentProxy(wanted: boolean): Promise<boolean> {
    if (wanted && !this.#containers.has('parent-proxy')) await this.#start('parent-proxy');
    return this.#containers.has('parent-proxy');
  }

  /**
   * IPv6 on the site's network: servers and gateway have it where a site speaks of it, and nobody else ever.
   * @throws CannotError
   */
  async useIpv6(wanted: boolean): Promise<void> {
    const before = this.#withIpv6;
    const names: readonly MachineName[] = wanted ? ['gateway', ...this.#servers] : [];
    // What is half done is undone by the next call.
    this.#withIpv6 = [...new Set([...before, ...names])];
    const off = before.filter((name) => !names.includes(name)).map((name) => this.#switchIpv6(name, 'off'));
    const on = names.filter((name) => !before.includes(name)).map((name) => this.#switchIpv6(name, 'on'));
    await together([...off, ...on]);
    this.#withIpv6 = names;
  }

  async #switchIpv6(name: MachineName, to: 'on' | 'off'): Promise<void> {
    await switchIpv6(to, {
      ...{ docker: this.docker, image: this.image, labels: this.#labels },
      ...{ machine: this.#started(name).id, name: `${this.#prefix}-${name}-ipv6` },
    });
    const place = ipv6PlaceOf(name);
    if (to === 'on' && place) await this.machine(name).placeIpv6(place);
  }

  server(index: number): Remote<ServerRole> {
    return this.#remote<ServerRole>(`server-${index + 1}`);
  }

  /** Those that the present site uses: an earlier one may have had more servers. */
  get names(): MachineName[] {
    const unused = (name: MachineName) => name.startsWith('server-') && !this.#servers.includes(name);
    return [...this.#containers.keys()].filter((name) => !unused(name));
  }

  /** What the kernel under the machines can do. */
  features(): Promise<Record<KernelFeature, boolean>> {
    this.#features ??= this.gateway.features();
    return this.#features;
  }

  /**
   * Opens a connection from a machine, carried over its control channel.
   * @throws NetworkError with what a client there would see
   */
  async enter(from: 'users' | `server-${number}`, dial: Dial): Promise<Duplex> {
    const { caller } = this.#started(from);
    const stream = caller.streams.open();
    try {
      const refusal = await remote<Dialer>(caller).enter(stream.number, dial);
      if (refusal) throw new NetworkError(refusal.result, refusal.words);
      return stream;
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  /** Runs a program on a server's machine, as one of its users. */
  run(index: number, errand: Errand, userId: number): Promise<Done> {
    return this.#started(`server-${index + 1}`).run(errand, userId);
  }

  /**
   * Starts somebody's own image as a machine of the site.
   * `onLink`: addresses that it reaches without the gateway; `roots`: what it trusts (PEM).
   */
  async startGuest(image: string, { onLink, roots }: { onLink: string[]; roots: string }): Promise<Guest> {
    await this.#start('guest');
    await this.#remote<GuestRole>('guest').reach(onLink);
    const name = `${this.#prefix}-client`;
    const guest = await startGuest({
      ...{ docker: this.docker, image, name, roots },
      ...{ machine: this.#started('guest').id, labels: this.#labels },
    });
    this.#guest = guest.id;
    return { name, ended: guest.ended };
  }

  async #removeGuest(): Promise<void> {
    if (this.#guest !== undefined) await removeContainer(this.docker, this.#guest);
    this.#guest = undefined;
    await this.#containers.get('guest')?.remove();
    this.#containers.delete('guest');
  }

  /** Whether every machine is still there. The engine is asked: it knows of a death before this program hears of it. */
  async areRunning(): Promise<boolean> {
    const joining = await this.#theSwitch();
    const running = await this.docker.listContainers({ filters: { name: [this.#prefix] } });
    const ids = new Set(running.map(({ Id }) => Id));
    return [...this.#containers.values(), joining].every(({ id }) => ids.has(id));
  }

  /**
   * Nothing is asked of the switch while a scenario runs: without this, its death would be told as wires on
   * which nobody answers. @throws what {@link death} rejects with
   */
  async assertJoined(): Promise<void> {
    const joining = await this.#theSwitch();
    const { State } = await this.docker.getContainer(joining.id).inspect();
    if (!State.Running) await this.death;
  }

  machine(name: MachineName): Remote<Role> {
    return this.#remote<Role>(name);
  }

  /** Every machine, for what is asked of all. */
  get all(): Remote<Role>[] {
    return this.names.map((name) => this.machine(name));
  }

  /**
   * Leaves the machines standing when this program ends, under names by which they are spared when
   * leftovers are removed. Returns how to get in.
   */
  async keep(): Promise<string[]> {
    const joining = await this.#theSwitch();
    await Promise.all([...this.all, remote<SwitchRole>(joining.caller)].map((one) => one.keep()));
    await joining.keep();
    const used = this.names;
    const lines = [...this.#containers].map(async ([name, container]) => {
      if (!used.includes(name)) return container.remove();
      return `docker exec -it ${await container.keep()} bash    # ${name}`;
    });
    this.#containers.clear();
    return (await Promise.all(lines)).filter((line) => line !== undefined);
  }

  /** Empties every machine; returns what is left, in words. Nothing: they are as new. */
  async reset(): Promise<string[]> {
    await this.#removeGuest();
    await this.useIpv6(false);
    const names = [...this.#containers.keys()];
    const left = await Promise.all(
      names.map((name) =>
        this.#remote<Role>(name)
          .reset()
          .catch((error: Error) => [error.message]),
      ),
    );
    return names.flatMap((name, index) => (left[index] ?? []).map((text) => `${name}: ${text}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Where it did not start, it has left nothing.
    const joining = await this.#switch?.catch(() => undefined);
    await this.#removeGuest();
    const containers = [...this.#containers.values(), ...(joining ? [joining] : [])];
    await Promise.all(containers.map((container) => container.remove()));
    this.#containers.clear();
  }

  #remote<T>(name: MachineName): Remote<T> {
    return new Proxy({} as Remote<T>, {
      get: (_, method) => Reflect.get(remote<T>(this.#started(name).caller), method),
    });
  }

  #started(name: MachineName): MachineContainer {
    const container = this.#containers.get(name);
    if (!container) throw new Error(`the lab has no machine ${name}`);
    return container;
  }

  async #start(name: MachineName): Promise<void> {
    const role = roleOf(name);
    const container = await this.#container(name, role);
    this.#containers.set(name, container);
    const place = placeOf(name);
    const { caller } = await this.#theSwitch();
    await remote<SwitchRole>(caller).plug(
      place.interfaces.map((one) => ({ machine: name, pid: container.pid, network: one.name })),
    );
    await this.#remote<Role>(name).place(place);
  }

  #container(name: MachineName | 'switch', role: RoleName): Promise<MachineContainer> {
    return MachineContainer.start({
      docker: this.docker,
      image: this.image,
      role,
      name: `${this.#prefix}-${name}`,
      labels: this.#labels,
      captures: this.options.captures ?? false,
      onNotice: (notice) => name !== 'switch' && this.onNotice(name, notice),
      onDeath: (error) => this.#die(error),
    });
  }

  async #theSwitch(): Promise<MachineContainer> {
    if (!this.#switch) throw new Error('the lab has no switch');
    return this.#switch;
  }
}
