import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { type Notice, type Remote, remote } from '../../../docker/agent/channel.js';
import type { Dialer } from '../../../docker/agent/dialer.js';
import type {
  ApplicationsRole,
  CloudRole,
  GatewayRole,
  KernelFeature,
  Place,
  ProxyRole,
  Role,
  ServerRole,
  UsersRole,
} from '../../../docker/agent/roles.js';
import { type Dial, NetworkError } from '../../../mocks/network.js';
import { addressPlan, serverAddress } from '../../../model/site/address-plan.js';
import { labelsFor } from './labels.js';
import { MachineContainer, type RoleName } from './machine-container.js';
import { createNetwork } from './networks.js';
import { removeNetwork } from './remove.js';
import { together } from './together.js';

export type MachineName = Exclude<RoleName, 'server'> | 'parent-proxy' | `server-${number}`;

export interface MachinesOptions {
  /** Packets and TLS keys can be captured on every machine. */
  captures?: boolean;
}

/** The containers of one lab, on two networks with a gateway between them. */
export class Machines implements AsyncDisposable {
  readonly gateway = this.#remote<GatewayRole>('gateway');
  readonly cloud = this.#remote<CloudRole>('cloud');
  readonly applications = this.#remote<ApplicationsRole>('applications');
  readonly users = this.#remote<UsersRole>('users');
  readonly proxy = this.#remote<ProxyRole>('proxy');
  readonly parentProxy = this.#remote<ProxyRole>('parent-proxy');
  readonly #containers = new Map<MachineName, MachineContainer>();
  #servers: readonly MachineName[] = [];
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
      const networks = [machines.#insideNetwork, machines.#outsideNetwork];
      await together(networks.map((name) => createNetwork(docker, name, machines.#labels)));
      const names: MachineName[] = ['gateway', 'cloud', 'applications', 'users', 'proxy', 'server-1'];
      await together(names.map((name) => machines.#start(name)));
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
    const { caller } = this.#container(from);
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
    await Promise.all(this.all.map((machine) => machine.keep()));
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
    await Promise.all([...this.#containers.values()].map((container) => container.remove()));
    this.#containers.clear();
    await Promise.all(
      [this.#insideNetwork, this.#outsideNetwork].map((name) => removeNetwork(this.docker, name)),
    );
  }

  get #insideNetwork(): string {
    return `${this.#prefix}-inside`;
  }

  get #outsideNetwork(): string {
    return `${this.#prefix}-outside`;
  }

  #remote<T>(name: MachineName): Remote<T> {
    return new Proxy({} as Remote<T>, {
      get: (_, method) => Reflect.get(remote<T>(this.#container(name).caller), method),
    });
  }

  #container(name: MachineName): MachineContainer {
    const container = this.#containers.get(name);
    if (!container) throw new Error(`the lab has no machine ${name}`);
    return container;
  }

  async #start(name: MachineName): Promise<void> {
    const role = roleOf(name);
    const container = await MachineContainer.start({
      docker: this.docker,
      image: this.image,
      role,
      name: `${this.#prefix}-${name}`,
      labels: this.#labels,
      networks: this.#networksOf(role),
      captures: this.options.captures ?? false,
      onNotice: (notice) => this.onNotice(name, notice),
      onDeath: (error) => this.#die(error),
    });
    this.#containers.set(name, container);
    await this.#remote<Role>(name).place(this.#placeOf(name, role, container));
  }

  #networksOf(role: RoleName): string[] {
    if (role === 'gateway') return [this.#insideNetwork, this.#outsideNetwork];
    return [role === 'cloud' || role === 'users' ? this.#outsideNetwork : this.#insideNetwork];
  }

  #placeOf(name: MachineName, role: RoleName, { engineAddresses }: MachineContainer): Place {
    const { gatewayInside, gatewayOutside, cloud, cloudNetwork, outsideNetwork } = addressPlan;
    const within = (addresses: string[]) => ({
      engineAddress: engineAddresses.get(this.#insideNetwork) ?? '',
      name: 'inside',
      addresses,
      onLink: [...addressPlan.insideNetworks],
    });
    const without = (addresses: string[], onLink: string[]) => ({
      engineAddress: engineAddresses.get(this.#outsideNetwork) ?? '',
      name: 'outside',
      addresses,
      onLink,
    });
    switch (role) {
      case 'gateway':
        return {
          interfaces: [
            without([gatewayOutside], [outsideNetwork]),
            within([gatewayInside, addressPlan.resolver, addressPlan.inspectionList]),
          ],
          gateway: cloud,
          local: [addressPlan.ownResolvers],
        };
      case 'cloud':
        return {
          interfaces: [without([cloud], [outsideNetwork])],
          gateway: gatewayOutside,
          local: [cloudNetwork, addressPlan.namesNetwork],
          answersForAll: true,
        };
      case 'users':
        return {
          interfaces: [without([addressPlan.user, addressPlan.outside], [outsideNetwork, cloudNetwork])],
          gateway: gatewayOutside,
        };
      case 'applications':
        return { interfaces: [within([addressPlan.applications])], gateway: gatewayInside };
      case 'proxy':
        return {
          interfaces: [within([name === 'proxy' ? addressPlan.proxy : addressPlan.parentProxy])],
          gateway: gatewayInside,
        };
      case 'server':
        return {
          interfaces: [within([serverAddress(Number(name.split('-')[1]) - 1)])],
          gateway: gatewayInside,
        };
    }
  }
}

function roleOf(name: MachineName): RoleName {
  if (name === 'parent-proxy') return 'proxy';
  return name.startsWith('server-') ? 'server' : (name as RoleName);
}
