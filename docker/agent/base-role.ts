import { LabClock } from '../../mocks/devices/lab-clock.js';
import { assertSealed } from './assert-sealed.js';
import { Capture, type Captured } from './capture.js';
import type { LoggedPacket } from './log-prefix.js';
import { NflogSensor } from './nflog.js';
import { Nft } from './nft.js';
import type { Ipv6Place, Place, Role } from './roles.js';
import { run } from './shell.js';
import { differences, openSockets, rememberedStates, type Snapshot, snapshot } from './snapshot.js';
import { SourcePorts } from './source-ports.js';
import type { Wire } from './wire.js';

/** What all machines of a lab have in common: a place in the network, the lab's clock, sensors. */
export abstract class BaseRole implements Role {
  protected clock = new LabClock(0);
  protected sensor: NflogSensor | undefined;
  #asNew: Snapshot | undefined;
  /** Interfaces to the lab's switch. */
  #wires: readonly string[] = [];
  #capture: Capture | undefined;
  /** It goes on when the harness is gone. */
  kept = false;
  protected readonly ports = new SourcePorts();
  protected readonly nft: Nft;

  /** @param standing rules that the machine has in every lab */
  constructor(standing?: string) {
    this.nft = new Nft(standing);
  }

  /** The networks that this machine's software uses. */
  protected abstract wires(): readonly Wire[];

  /** Ends the software of the present lab. */
  protected abstract close(): Promise<void>;

  /** Machines with a firewall hear what it logs. */
  protected onPacket: ((packet: LoggedPacket) => void) | undefined;

  /** Gives its interfaces the lab's addresses and routes. */
  async place({ interfaces, gateway, local = [], answersForAll = false }: Place): Promise<void> {
    // Both take their time to start.
    const sensor = this.onPacket && NflogSensor.start(this.onPacket);
    const ruled = this.nft.reset();
    const commands: string[] = [];
    for (const { name, addresses, onLink } of interfaces) {
      // Where IPv6 is switched on later, the kernel makes no address of its own.
      commands.push(`link set dev ${name} addrgenmode none`, `link set dev ${name} up`);
      const [first] = addresses;
      for (const address of addresses) commands.push(`address add ${address}/32 dev ${name}`);
      for (const range of onLink) commands.push(`route replace ${range} dev ${name} src ${first}`);
      if (gateway && name === interfaces[0]?.name)
        commands.push(`route replace default via ${gateway} dev ${name} src ${first} onlink`);
    }
    for (const range of local) commands.push(`route replace local ${range} dev lo`);
    if (answersForAll) {
      const [first] = interfaces;
      commands.push(`rule add iif ${first?.name} lookup 100`, 'route replace local default dev lo table 100');
      // Its neighbours answer for themselves: who has an address for the kernel answers ARP for it.
      for (const range of first?.onLink ?? []) commands.push(`route replace throw ${range} table 100`);
    }
    await run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
    this.#wires = interfaces.map(({ name }) => name);
    await assertSealed(this.#wires);
    [this.sensor] = await Promise.all([sensor, ruled]);
    this.#asNew = await snapshot(this.nft);
  }

  async placeIpv6({ address, route: { to, via } }: Ipv6Place): Promise<void> {
    const through = via === undefined ? '' : `via ${via} `;
    const commands = [
      // Nobody else has it: it can be used at once.
      `address replace ${address}/128 dev inside nodad`,
      `route replace ${to} ${through}dev inside src ${address}${via === undefined ? '' : ' onlink'}`,
    ];
    await run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
    await assertSealed(this.#wires, ['inside']);
  }

  async time(now: number): Promise<number | null> {
    this.clock.set(now);
    return this.clock.nextDue ?? null;
  }

  runDue(): Promise<void> {
    return this.clock.runDue();
  }

  async cut(): Promise<void> {
    await Promise.all(this.wires().map((wire) => wire.cut()));
  }

  async settle(): Promise<void> {
    await this.sensor?.proveAlive();
  }

  async conclude(connection: string): Promise<void> {
    for (const wire of this.wires()) wire.conclude(connection);
  }

  async startCapture(): Promise<void> {
    this.#capture = await Capture.start();
  }

  async endCapture(): Promise<Captured> {
    const captured = await this.#capture?.end();
    this.#capture = undefined;
    return captured ?? { packets: '', 'tls-keys': '' };
  }

  async keep(): Promise<void> {
    this.kept = true;
  }

  async reset(): Promise<string[]> {
    await this.endCapture();
    await this.close();
    await this.cut();
    await this.nft.reset();
    // What the firewall stood in the way of is still being sent again.
    await cutSockets();
    await forgetStates();
    const open = this.wires().flatMap((wire) => wire.leftovers);
    return [
      ...open,
      ...(this.#asNew ? differences(this.#asNew, await snapshot(this.nft)) : ['was never placed']),
    ];
  }
}

/** The kernel's firewall forgets every connection. */
export async function forgetStates(): Promise<void> {
  if (rememberedStates() > 0) await run('conntrack', ['-F']);
}

/**
 * Ends every connection of the machine in the kernel, whichever program has it. `but`: those that a program
 * there has with itself go on.
 */
export async function cutSockets(but?: 'loopback'): Promise<void> {
  if (openSockets().connections.length === 0) return;
  const others = but ? ['not', 'dst', '127.0.0.0/8'] : [];
  await run('ss', ['-K', '-t', 'state', 'connected', 'exclude', 'time-wait', ...others]);
}
