import { randomUUID } from 'node:crypto';
import type Docker from 'dockerode';
import type { KernelFeature } from '../../../docker/agent/roles.js';
import { ensureImage } from '../../../docker/images.js';
import type { Site } from '../../../model/site/schema.js';
import type { Engine, EngineSettings, Lab, LabOptions } from '../engine.js';
import { ContainersLab } from './lab.js';
import { Liveness } from './liveness.js';
import { Machines } from './machines.js';
import { machinesCannot } from './machines-cannot.js';
import { assertSameEngine } from './runtime.js';
import { sweep } from './sweep.js';
import { weaknessesAt } from './weaknesses.js';

/**
 * Real machines: a container per role, the kernel's firewall, dnsmasq and squid between them. Labs
 * are kept warm: the next scenario gets the machines of the last one, emptied.
 */
export class ContainersEngine implements Engine {
  readonly name = 'containers';
  readonly #run = randomUUID();
  readonly #idle: Machines[] = [];
  readonly #all = new Set<Machines>();
  readonly #liveness: Liveness;

  private constructor(
    private readonly docker: Docker,
    private readonly image: string,
    private readonly progress: (text: string) => void,
    readonly settings: EngineSettings,
    readonly weaknesses: readonly string[] = [],
  ) {
    this.#liveness = new Liveness(docker);
  }

  /**
   * @param progress told what takes long (finding a base, building an image), and what the runtime cannot confine
   * @throws ImageError
   */
  static async start(
    docker: Docker,
    progress: (text: string) => void = () => {},
    settings: EngineSettings = {},
  ): Promise<ContainersEngine> {
    await assertSameEngine(docker);
    const [weaknesses] = await Promise.all([weaknessesAt(docker), sweep(docker)]);
    for (const weakness of weaknesses) progress(`this container engine confines less: ${weakness}`);
    return new ContainersEngine(docker, await ensureImage(docker, progress), progress, settings, weaknesses);
  }

  cannot(site: Site): string | undefined {
    return machinesCannot(site);
  }

  async open(site: Site, options: LabOptions): Promise<Lab> {
    const machines = await this.#freshOrIdle();
    return ContainersLab.open(machines, site, options, {
      captures: this.settings.captures,
      during: (work) => this.#liveness.during(work),
      release: (failed) => this.#takeBack(machines, failed),
      letGo: () => this.#all.delete(machines),
    });
  }

  /** What the kernel under the containers can do. */
  async features(): Promise<Record<KernelFeature, boolean>> {
    const machines = await this.#freshOrIdle();
    const features = await machines.features();
    await this.#takeBack(machines, false);
    return features;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#idle.length = 0;
    const all = [...this.#all];
    this.#all.clear();
    await Promise.all(all.map((machines) => this.#remove(machines)));
  }

  /** Machines of which one died while nobody used them are nobody's failure. */
  async #freshOrIdle(): Promise<Machines> {
    for (let machines = this.#idle.pop(); machines; machines = this.#idle.pop()) {
      if (await this.#liveness.during(machines.areRunning())) return machines;
      this.#all.delete(machines);
      await this.#remove(machines);
    }
    return this.#start();
  }

  async #start(): Promise<Machines> {
    const captures = this.settings.captures !== undefined;
    const machines = await this.#liveness.during(
      Machines.start(this.docker, this.image, this.#run, { captures }),
    );
    this.#all.add(machines);
    return machines;
  }

  /** What an engine that has gone leaves is for the next command. */
  async #remove(machines: Machines): Promise<void> {
    if (this.#liveness.gone) return;
    try {
      await this.#liveness.during(machines[Symbol.asyncDispose]());
    } catch (error) {
      if (!this.#liveness.gone) throw error;
    }
  }

  /** What is left on machines, in words; why it cannot be known is as bad. */
  #reset(machines: Machines): Promise<string[]> {
    return this.#liveness.during(machines.reset()).catch((error: Error) => [error.message]);
  }

  /** Machines are used again only where they are proved to be as new. */
  async #takeBack(machines: Machines, failed: boolean): Promise<void> {
    if (!this.#all.has(machines)) return;
    const leftovers = failed ? ['a lab that failed'] : await this.#reset(machines);
    if (leftovers.length === 0) {
      this.#idle.push(machines);
      return;
    }
    this.#all.delete(machines);
    await this.#remove(machines);
    if (failed || this.#liveness.gone) return;
    this.progress(`a lab is thrown away, something was left in it: ${leftovers.join('; ')}`);
  }
}
