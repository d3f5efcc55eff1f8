import type { Route } from './dial.js';
import type { LoggedPacket } from './log-prefix.js';

/** A destination that was seen in the firewall's log is remembered for so many connections. */
const remembered = 4096;

/** What the kernel logs of a connection before it puts it in front of a device. */
const announcing: readonly LoggedPacket['prefix']['kind'][] = ['edge', 'edge peek', 'onward'];

/** Where connections wanted to go that the kernel puts in front of a device: its log says it. */
export class Destinations {
  readonly #routes = new Map<string, Route>();
  readonly #asked = new Map<string, ((route: Route) => void)[]>();

  hear({ prefix: { kind }, protocol, from, fromPort, to, toPort }: LoggedPacket): void {
    if (!announcing.includes(kind) || protocol !== 'tcp') return;
    const key = `${from}:${fromPort}`;
    const route = { from, fromPort, to, toPort };
    this.#routes.set(key, route);
    for (const answer of this.#asked.get(key) ?? []) answer(route);
    this.#asked.delete(key);
    const [oldest] = this.#routes.keys();
    if (this.#routes.size > remembered && oldest) this.#routes.delete(oldest);
  }

  /** The log has said it, or is about to. */
  of(from: string, fromPort: number): Promise<Route> {
    const key = `${from}:${fromPort}`;
    const known = this.#routes.get(key);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => this.#asked.set(key, [...(this.#asked.get(key) ?? []), resolve]));
  }

  forget(): void {
    this.#routes.clear();
    this.#asked.clear();
  }
}
