import { Applications } from '../../mocks/applications/applications.js';
import { LabClock } from '../../mocks/devices/lab-clock.js';
import { ApplicationAuthority } from '../../mocks/pki/application-authority.js';
import type { Site } from '../../model/site/schema.js';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import { IpEntries } from './ip-entries.js';
import type { ApplicationsRole } from './roles.js';
import { Wire } from './wire.js';
import { type WireRoot, wireRoot } from './wire-root.js';

/** The applications that the site publishes. */
export class ApplicationsMachine extends BaseRole implements ApplicationsRole {
  readonly #wire: Wire;
  #applications: Applications | undefined;
  #authority: Promise<ApplicationAuthority> | undefined;
  readonly #addresses = new IpEntries();

  constructor(tell: (notice: Notice) => void) {
    super();
    this.#wire = new Wire({ ports: this.ports, address: '0.0.0.0', resolver: '', tell });
  }

  async configure(
    site: Site,
    addresses: [host: string, address: string][],
    startAt: number,
  ): Promise<WireRoot | null> {
    this.clock = new LabClock(startAt);
    await this.#addresses.become(addresses.map(([, address]) => `address replace ${address}/32 dev inside`));
    this.#applications ??= new Applications({
      stack: this.#wire.stack('applications', () => this.clock),
      authority: () => {
        this.#authority ??= ApplicationAuthority.create(startAt);
        return this.#authority;
      },
    });
    const own = await this.#applications.setSite(site, (server) => server === undefined);
    return own ? wireRoot(own) : null;
  }

  protected async close(): Promise<void> {
    await this.#applications?.[Symbol.asyncDispose]();
    this.#applications = undefined;
    this.#authority = undefined;
    await this.#addresses.become([]);
  }

  protected wires(): readonly Wire[] {
    return [this.#wire];
  }
}
