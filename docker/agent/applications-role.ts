import { LabClock } from '../../harness/engines/parts/lab-clock.js';
import type { Site } from '../../harness/site/schema.js';
import { Applications } from '../../mocks/applications/applications.js';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import type { ApplicationsRole } from './roles.js';
import { run } from './shell.js';
import { Wire } from './wire.js';

/** The applications that the site publishes. */
export class ApplicationsMachine extends BaseRole implements ApplicationsRole {
  readonly #wire: Wire;
  #applications: Applications | undefined;

  constructor(tell: (notice: Notice) => void) {
    super();
    this.#wire = new Wire({ ports: this.ports, address: '0.0.0.0', resolver: '', tell });
  }

  async configure(site: Site, addresses: [host: string, address: string][], startAt: number): Promise<void> {
    this.clock = new LabClock(startAt);
    const commands = ['address flush dev inside scope host'];
    for (const [, address] of addresses) commands.push(`address replace ${address}/32 dev inside`);
    await run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
    this.#applications ??= new Applications(this.#wire.stack('applications', () => this.clock));
    await this.#applications.setSite(site, new Map(addresses));
  }

  protected async close(): Promise<void> {
    await this.#applications?.[Symbol.asyncDispose]();
    this.#applications = undefined;
  }

  protected wires(): readonly Wire[] {
    return [this.#wire];
  }
}
