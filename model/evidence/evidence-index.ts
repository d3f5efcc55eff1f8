import type { EventKind, EventOf, LabEvent } from './event.js';

export type Decision = EventOf<'decision'>;

/** Actions that end or alter a connection; the others only let it through. */
const ending = new Set<Decision['action']>([
  'drop',
  'reject',
  'reset',
  'refuse',
  'challenge',
  'block-page',
  'strip-upgrade',
  'expire',
  'unreachable',
]);

/** The events of one phase, ready to be joined over connections. */
export class EvidenceIndex {
  readonly #decisions = new Map<string, Decision[]>();
  readonly #children = new Map<string, string[]>();

  constructor(readonly events: readonly LabEvent[]) {
    for (const event of events) {
      if (event.kind === 'decision') append(this.#decisions, event.connection, event);
      if (event.kind === 'connection' && event.parent) append(this.#children, event.parent, event.connection);
    }
  }

  of<K extends EventKind>(kind: K): EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.kind === kind);
  }

  /** A connection and those that proxies opened on its behalf. */
  family(connection: string): string[] {
    // A set is walked in the order in which it grows, and holds against connections that are each
    // other's parents.
    const family = new Set([connection]);
    for (const member of family) for (const child of this.#children.get(member) ?? []) family.add(child);
    return [...family];
  }

  decisions(connection: string): Decision[] {
    return this.family(connection).flatMap((member) => this.#decisions.get(member) ?? []);
  }

  /**
   * The decision that made an attempt fail: what ended it, else what altered its TLS, else who lost
   * packets of it, else who showed a bad certificate.
   */
  deciding(connection: string | undefined): Decision | undefined {
    if (connection === undefined) return undefined;
    const decisions = this.decisions(connection);
    return (
      decisions.findLast((decision) => ending.has(decision.action)) ??
      decisions.findLast((decision) => decision.action === 'inspect') ??
      decisions.findLast((decision) => decision.action === 'lose') ??
      decisions.findLast((decision) => decision.action === 'present')
    );
  }
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
