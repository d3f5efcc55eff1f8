import { addressPlan } from '../../model/site/address-plan.js';
import { BaseRole } from './base-role.js';
import { IpEntries } from './ip-entries.js';
import type { GuestRole } from './roles.js';
import type { Wire } from './wire.js';

/** A place in a site's network for a program of people's own, which is in a container beside this one. */
export class GuestMachine extends BaseRole implements GuestRole {
  readonly #routes = new IpEntries();

  async reach(onLink: readonly string[]): Promise<void> {
    await this.#routes.become(onLink.map((to) => `route replace ${to} dev inside src ${addressPlan.guest}`));
  }

  protected async close(): Promise<void> {
    await this.#routes.become([]);
  }

  protected wires(): readonly Wire[] {
    return [];
  }
}
