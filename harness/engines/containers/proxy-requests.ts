import type { EventBody } from '../../../model/evidence/event.js';
import { type ProxyMachine, proxiesOf, type SiteProxy } from '../../../model/site/proxies.js';
import type { Lines, Present } from './devices/containers-device.js';
import { SiteNames } from './site-names.js';

export type Admission = Lines['admitted'];
type ConnectionEvent = Extract<EventBody, { kind: 'connection' }>;

/**
 * Which connection of a proxy is for which request. squid says what it lets through, the kernel what it
 * opens, each over a channel of its own: whichever comes first waits for the other, the oldest first.
 */
export class ProxyRequests {
  /** Let through, and not carried on yet. Those for names that are not resolved never are. */
  readonly #admissions: Admission[] = [];
  /** Connections of a proxy for which no request has been heard of. */
  readonly #orphans: ConnectionEvent[] = [];
  readonly #names: SiteNames;
  readonly #proxy: SiteProxy | undefined;
  readonly #parent: SiteProxy | undefined;

  constructor(present: Present) {
    this.#names = new SiteNames(present);
    [this.#proxy, this.#parent] = proxiesOf(present.site);
  }

  /** What squid does of its own accord, to try a host again, is nobody's request. */
  turn(): void {
    this.#orphans.length = 0;
  }

  /** A proxy opens a connection: to its parent, or for the oldest request that leads there. */
  opened(by: ProxyMachine, key: string, to: string, toPort: number): ConnectionEvent {
    const event: ConnectionEvent = {
      kind: 'connection',
      connection: key,
      host: to,
      address: to,
      port: toPort,
    };
    // Which request it is for, the parent will say.
    if (by === 'proxy' && this.#parent) return event;
    const request = taken(
      this.#admissions,
      ({ host, port }) => port === toPort && this.#names.addressesOf(host).includes(to),
    );
    if (request) belongTo(request, event);
    else this.#orphans.push(event);
    return event;
  }

  /** A proxy lets a request through; the connection for it, where that was heard of first. */
  admitted(request: Admission): ConnectionEvent | undefined {
    // The parent says it of its own.
    if (this.#parent && this.#proxy && request.connection.endsWith(placeOf(this.#proxy))) return undefined;
    const addresses = this.#names.addressesOf(request.host);
    const orphan = taken(
      this.#orphans,
      ({ address, port }) => port === request.port && addresses.includes(address),
    );
    if (orphan) belongTo(request, orphan);
    else this.#admissions.push(request);
    return orphan;
  }

  /** A parent tells for whom the first proxy's connection to it is. */
  handedOn(event: ConnectionEvent, { client }: Admission): void {
    if (client && this.#proxy) event.parent = `${client}${placeOf(this.#proxy)}`;
  }
}

function taken<T>(list: T[], isWanted: (one: T) => boolean): T | undefined {
  const index = list.findIndex(isWanted);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

function placeOf({ address, port }: SiteProxy): string {
  return `>${address}:${port}`;
}

function belongTo({ host, connection }: Admission, event: ConnectionEvent): void {
  event.host = host;
  event.parent = connection;
}
