import { firstToForget } from '../../../model/policy/idle.js';
import { run } from '../shell.js';
import type { GatewayDevice, GatewayHost, GatewaySettings } from './gateway-device.js';

interface Entry {
  packets: number;
  /** Lab time at which the entry was last seen to count, milliseconds since 1970. */
  lastTraffic: number;
}

/** Of the two directions that a line has one. */
const direction = /src=([^\s=]+) dst=([^\s=]+) sport=(\d+) dport=(\d+) packets=(\d+)/g;

/**
 * Forgets idle connections in the kernel's own table of states, after so much lab time. The kernel's
 * timers run on real time, which does not pass while lab time does: so it is told when to forget.
 */
export class Idle implements GatewayDevice {
  readonly #entries = new Map<string, Entry>();

  #timeoutMs: number | undefined;

  constructor(private readonly host: GatewayHost) {}

  async configure({ site }: GatewaySettings): Promise<void> {
    await this.close();
    this.#timeoutMs = firstToForget(site)?.ms;
  }

  async close(): Promise<void> {
    this.#timeoutMs = undefined;
    this.#entries.clear();
  }

  async time(until: number): Promise<void> {
    if (this.#timeoutMs === undefined) return;
    for (const connection of await this.#look(until, this.#timeoutMs))
      this.host.tell({ kind: 'expired', connection });
  }

  /** Returns the connections that were forgotten. */
  async #look(until: number, timeoutMs: number): Promise<string[]> {
    const states = await run('conntrack', ['-L', '-p', 'tcp', '--state', 'ESTABLISHED']);
    const seen = new Set<string>();
    const forgotten: string[] = [];
    for (const text of states.split('\n')) {
      const [[, from, to, fromPort, toPort, sent] = [], [, , , , , received] = []] = text.matchAll(direction);
      if (!from || !to || !received) continue;
      const connection = `${from}:${fromPort}>${to}:${toPort}`;
      const packets = Number(sent) + Number(received);
      const known = this.#entries.get(connection);
      const lastTraffic = known?.packets === packets ? known.lastTraffic : this.host.now();
      if (until - lastTraffic < timeoutMs) {
        seen.add(connection);
        this.#entries.set(connection, { packets, lastTraffic });
        continue;
      }
      const tuple = ['-s', from, '-d', to, '--sport', `${fromPort}`, '--dport', `${toPort}`];
      await run('conntrack', ['-D', '-p', 'tcp', ...tuple]);
      forgotten.push(connection);
    }
    for (const connection of this.#entries.keys())
      if (!seen.has(connection)) this.#entries.delete(connection);
    return forgotten;
  }
}
