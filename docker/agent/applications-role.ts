import { Applications } from '../../mocks/applications/applications.js';
import { LabClock } from '../../mocks/devices/lab-clock.js';
import type { Site } from '../../model/site/schema.js';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import { IpEntries } from './ip-entries.js';
import type { ApplicationsRole } from './roles.js';
import { Wire } from './wire.js';

/** The applications that the site publishes. */
export class ApplicationsMachine extends BaseRole implements ApplicationsRole {
  readonly #wire: Wire;
  #applications: Applications | undefined;
  readonly #addresses = new IpEntries();

  constructor(tell: (notice: Notice) => void) {
    super();
    this.#wire = new Wire({ ports: this.ports, address: '0.0.0.0', resolver: '', tell });
  }

  async configure(site: Site, addresses: [host: string, address: string][], startAt: number): Promise<void> {
    this.clock = new LabClock(startAt);
    await this.#addresses.become(addresses.map(([, address]) => `address replace ${address}/32 dev inside`));
    this.#applications ??= new Applications(this.#wire.stack('applications', () => this.clock));
    await this.#applications.setSite(site, new Map(addresses));
  }

  protected async close(): Promise<void> {
    await this.#applications?.[Symbol.asyncDispose]();
    this.#applications = undefined;
    await this.#addresses.become([]);
  }

  protected wires(): readonly Wire[] {
    return [this.#wire];
  }
}
