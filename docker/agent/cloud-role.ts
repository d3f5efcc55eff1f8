import { Cloud } from '../../mocks/cloud/cloud.js';
import { LabClock } from '../../mocks/devices/lab-clock.js';
import { Pki } from '../../mocks/pki/pki.js';
import { trustOf } from '../../mocks/pki/trust.js';
import type { Site } from '../../model/site/schema.js';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import { type NameAddresses, PublicNames } from './public-names.js';
import type { CloudRole, CloudTrust } from './roles.js';
import { Wire } from './wire.js';
import { wireRoot } from './wire-root.js';

/** To addresses that nobody has, on the whole internet, somebody answers that nobody listens. */
const nobody = `table inet lab {
  chain nobody {
    type filter hook input priority 0; policy accept;
    iifname "outside" fib daddr type local accept
    iifname "outside" meta l4proto tcp reject with tcp reset
  }
}
`;

/** The mock cloud with the public names, on as many addresses as it has hosts. */
export class CloudMachine extends BaseRole implements CloudRole {
  readonly #names: PublicNames;
  #pki: { startAt: number; made: Pki } | undefined;
  #wire: Wire | undefined;
  #cloud: Cloud | undefined;
  #dns: NameAddresses | undefined;

  constructor(private readonly tell: (notice: Notice) => void) {
    super(nobody);
    this.#names = new PublicNames(tell);
  }

  async open(site: Site, startAt: number, dns: NameAddresses): Promise<CloudTrust> {
    if (this.#pki?.startAt !== startAt) this.#pki = { startAt, made: await Pki.create(startAt) };
    const pki = this.#pki.made;
    this.clock = new LabClock(startAt);
    const wire = new Wire({
      ports: this.ports,
      address: dns.address,
      resolver: dns.address,
      tell: this.tell,
    });
    this.#wire = wire;
    const stack = wire.stack('cloud', () => this.clock);
    this.#cloud = await Cloud.start({ stack, site, pki });
    this.#dns = dns;
    await this.#names.use(this.#cloud.zone, site, dns);
    return { roots: pki.roots.map(wireRoot), outside: await trustOf(pki) };
  }

  async change(site: Site): Promise<void> {
    await this.#cloud?.setSite(site);
    if (this.#dns) await this.#names.use(this.#cloud?.zone ?? [], site, this.#dns);
  }

  async viewPortal(connector: string): Promise<void> {
    this.#cloud?.viewConnector(connector);
  }

  async end(connection: string, words: string): Promise<void> {
    this.#wire?.end(connection, 'tcp-drop', words);
  }

  protected async close(): Promise<void> {
    await this.#cloud?.[Symbol.asyncDispose]();
    this.#cloud = undefined;
    await this.#names.close();
  }

  protected wires(): readonly Wire[] {
    return this.#wire ? [this.#wire] : [];
  }
}
