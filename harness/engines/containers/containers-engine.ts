import { randomUUID } from 'node:crypto';
import type Docker from 'dockerode';
import { ensureImage } from '../../../docker/images.js';
import type { Site } from '../../site/schema.js';
import type { Engine, Lab, LabOptions } from '../engine.js';
import { ContainersLab } from './lab.js';
import { Machines } from './machines.js';
import { findRuntime } from './runtime.js';
import { sweep } from './sweep.js';

export interface ContainersEngineOptions {
  /** Told what takes long: finding a base, building an image. */
  progress?(text: string): void;
}

/**
 * Real machines: a container per role, the kernel's firewall, dnsmasq and squid between them. Labs
 * are kept warm: the next scenario gets the machines of the last one, emptied.
 */
export class ContainersEngine implements Engine {
  readonly name = 'containers';
  readonly #run = randomUUID();
  readonly #idle: Machines[] = [];

  private constructor(
    private readonly docker: Docker,
    private readonly image: string,
  ) {}

  /** @throws NoRuntimeError, ImageError */
  static async start({ progress = () => {} }: ContainersEngineOptions = {}): Promise<ContainersEngine> {
    const docker = await findRuntime();
    await sweep(docker);
    return new ContainersEngine(docker, await ensureImage(docker, progress));
  }

  cannot(site: Site): string | undefined {
    if (site.cloud.environment === 'us-government') return 'the mock cloud has no us-government services yet';
    if (site.firewall['names-from'] === 'sni')
      return 'the containers engine does not read names from TLS yet; use --engine embedded';
    if (site.inspection && site.inspection.product !== 'node')
      return `the containers engine cannot run ${site.inspection.product} yet; use product: node`;
    if (site.link.latency > 0 || site.link.loss > 0)
      return 'the containers engine has no latency and loss yet; use --engine embedded';
    return undefined;
  }

  async open(site: Site, options: LabOptions): Promise<Lab> {
    const machines = this.#idle.pop() ?? (await Machines.start(this.docker, this.image, this.#run));
    return ContainersLab.open(machines, site, options, async (failed) => {
      if (failed) await machines[Symbol.asyncDispose]();
      else this.#idle.push(machines);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((machines) => machines[Symbol.asyncDispose]()));
  }
}
