import type { EventBody } from '../../../model/evidence/event.js';
import type { Flow } from '../../../model/policy/flow.js';

type ConnectionEvent = Extract<EventBody, { kind: 'connection' }>;
export type DecisionEvent = Extract<EventBody, { kind: 'decision' }>;

/** A connection that a machine opened, with what the network said of it. */
export interface Known {
  /** Short id, as the evidence has it. */
  id: string;
  machine: string;
  event: ConnectionEvent;
  /** Decisions that are not written down yet. */
  decisions: DecisionEvent[];
  /** The machine has been told that it failed. */
  ended: boolean;
  /** A firewall that let it stand to read its name has refused it then: it does not come to those behind. */
  refused: boolean;
  /** The firewall has seen its end. */
  closed: boolean;
  /** Packets that were logged of it, by their prefixes. */
  seen: Set<string>;
  /** Whose lines were heard. */
  heard: Set<string>;
  /** It was opened while another site was in place. */
  past: boolean;
}

/**
 * Every connection of a lab, by its addresses and ports. What is heard of one before the machine
 * that opened it has said so waits here.
 */
export class ConnectionTracking {
  readonly #known = new Map<string, Known>();
  readonly #early = new Map<string, ((known: Known) => void)[]>();
  /** Connections of devices in the middle → the connection they carry on. */
  readonly #aliases = new Map<string, string>();
  /** Connections of devices in the middle for which nobody has been found yet. */
  #unclaimed: { upstream: string; address: string; port: number }[] = [];
  #count = 0;

  /** Enters a connection; then everything that was heard of it too early is told. */
  open(machine: string, event: ConnectionEvent): void {
    const id = `c${++this.#count}`;
    const base = { id, machine, event, decisions: [], seen: new Set<string>(), heard: new Set<string>() };
    const known: Known = { ...base, ended: false, refused: false, closed: false, past: false };
    this.#known.set(event.connection, known);
    const early = this.#early.get(event.connection) ?? [];
    this.#early.delete(event.connection);
    for (const work of early) work(known);
    if (isOver(known)) return;
    // Machines and devices tell over channels of their own: the later end may be heard of first.
    const { address, port } = event;
    const waiting = this.#unclaimed.find((one) => one.address === address && one.port === port);
    if (!waiting || waiting.upstream === event.connection) return;
    this.#unclaimed = this.#unclaimed.filter((one) => one !== waiting);
    this.carry(waiting.upstream, event.connection);
  }

  has(connection: string): boolean {
    return this.#known.has(connection);
  }

  /** The connection, or the one that it carries on, perhaps through several devices. */
  find(connection: string): Known | undefined {
    return this.#known.get(this.#carriedBy(connection));
  }

  #carriedBy(connection: string): string {
    let carried = connection;
    for (let next = this.#aliases.get(carried); next !== undefined; next = this.#aliases.get(carried))
      carried = next;
    return carried;
  }

  all(): Iterable<Known> {
    return this.#known.values();
  }

  /** The id for the evidence; what nobody opened keeps its addresses. */
  idOf(connection: string): string {
    return this.find(connection)?.id ?? connection;
  }

  /** Does something with a connection: now, or as soon as the machine that opened it has said so. */
  withKnown(connection: string, work: (known: Known) => void): void {
    const carried = this.#carriedBy(connection);
    const known = this.#known.get(carried);
    if (known) work(known);
    else this.#early.set(carried, [...(this.#early.get(carried) ?? []), work]);
  }

  /** Nothing carries a connection on that has come to its end. */
  close(connection: string): void {
    const known = this.#known.get(connection);
    if (known) known.closed = true;
  }

  /** A device opened `upstream` to carry on a connection. */
  carry(upstream: string, connection: string): void {
    this.#aliases.set(upstream, connection);
    const early = this.#early.get(upstream) ?? [];
    this.#early.delete(upstream);
    for (const work of early) this.withKnown(connection, work);
  }

  /** The same, where only the place is known: for the oldest connection to it that has none yet. */
  carryOldest(upstream: string, address: string, port: number): void {
    // A first packet that is sent again is logged again.
    if (this.#isClaimed(upstream)) return;
    const carried = new Set(this.#aliases.values());
    for (const [connection, known] of this.#known) {
      if (isOver(known) || carried.has(connection) || connection === upstream) continue;
      const { event } = known;
      if (event.address !== address || event.port !== port) continue;
      this.carry(upstream, connection);
      return;
    }
    this.#unclaimed.push({ upstream, address, port });
  }

  /** Whether it carries on a connection that is still there, or waits for one; ports are used again. */
  #isClaimed(upstream: string): boolean {
    if (this.#unclaimed.some((one) => one.upstream === upstream)) return true;
    const carried = this.#aliases.has(upstream) ? this.find(upstream) : undefined;
    return carried !== undefined && !carried.past && !carried.closed;
  }

  /** Another site is in place: connections that are open belong to the past. */
  turn(): void {
    for (const known of this.#known.values()) known.past = true;
    this.#early.clear();
    this.#unclaimed = [];
  }
}

/** Nobody carries on what has ended, or what a firewall has refused by its name. */
function isOver({ past, ended, refused, closed }: Known): boolean {
  return past || ended || refused || closed;
}

/** What a device would know of a connection. */
export function flowOf({ machine, event: { account, host, address, port } }: Known): Flow {
  return { machine, host, address, port, ...(account && { account }) };
}
