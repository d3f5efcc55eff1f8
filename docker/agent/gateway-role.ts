import { LabClock } from '../../mocks/devices/lab-clock.js';
import { InspectionAuthority } from '../../mocks/pki/inspection-authority.js';
import { BaseRole, forgetStates } from './base-role.js';
import type { Notice } from './channel.js';
import { Destinations } from './destinations.js';
import { gatewayDevices } from './devices/devices.js';
import type { GatewayHost, GatewaySettings } from './devices/gateway-device.js';
import { kernelFeatures } from './kernel-features.js';
import type { GatewayRole, KernelFeature, Place } from './roles.js';
import { StateSensor } from './state-sensor.js';
import { Wire } from './wire.js';
import type { WireRoot } from './wire-root.js';

/** The site's way out: the kernel's rules of every device, and the devices that are more than rules. */
export class GatewayMachine extends BaseRole implements GatewayRole {
  readonly #destinations = new Destinations();
  readonly #authorities = new Map<string, Promise<InspectionAuthority>>();
  #wire: Wire | undefined;
  #states: StateSensor | undefined;
  #startAt = 0;
  readonly #devices = gatewayDevices(this.#host());

  constructor(private readonly tell: (notice: Notice) => void) {
    super();
    this.onPacket = (packet) => {
      this.#destinations.hear(packet);
      this.tell({ kind: 'packet', packet });
    };
  }

  override async place(place: Place): Promise<void> {
    this.#states = await StateSensor.start((change) => this.tell({ kind: 'state', ...change }));
    await super.place(place);
  }

  async configure(settings: GatewaySettings): Promise<WireRoot | null> {
    this.clock = new LabClock(settings.startAt);
    this.#startAt = settings.startAt;
    this.#wire ??= new Wire({
      ports: this.ports,
      address: settings.address,
      resolver: settings.resolverAddress,
      tell: this.tell,
    });
    this.#destinations.forget();
    await this.nft.apply(settings.firewall);
    await forgetStates();
    await this.sensor?.proveAlive();
    await this.#states?.settle();
    for (const device of this.#devices) await device.configure(settings);
    return this.#devices.find(({ root }) => root)?.root ?? null;
  }

  features(): Promise<Record<KernelFeature, boolean>> {
    return kernelFeatures();
  }

  override async time(now: number): Promise<number | null> {
    for (const device of this.#devices) await device.time?.(now);
    return super.time(now);
  }

  protected async close(): Promise<void> {
    for (const device of this.#devices) await device.close();
    this.#destinations.forget();
  }

  override async reset(): Promise<string[]> {
    const left = await super.reset();
    for (const device of this.#devices) left.push(...((await device.leftovers?.()) ?? []));
    return left;
  }

  override async settle(): Promise<void> {
    await super.settle();
    await Promise.all([this.#states?.settle(), ...this.#devices.map((device) => device.settle?.())]);
  }

  protected wires(): readonly Wire[] {
    return this.#wire ? [this.#wire] : [];
  }

  #host(): GatewayHost {
    return {
      tell: (notice) => this.tell(notice),
      now: () => this.clock.now(),
      wire: () => {
        if (!this.#wire) throw new Error('the gateway was never configured');
        return this.#wire;
      },
      destination: (from, fromPort) => this.#destinations.of(from, fromPort),
      authority: (name) => this.#authority(name),
      nextPort: () => this.ports.next(),
    };
  }

  #authority(name: string): Promise<InspectionAuthority> {
    const key = `${this.#startAt} ${name}`;
    const known = this.#authorities.get(key) ?? InspectionAuthority.create(name, this.#startAt);
    this.#authorities.set(key, known);
    return known;
  }
}
