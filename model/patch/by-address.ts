import { rangeOf } from '../site/address-range.js';
import type { Ask, ClosedPlace, LeftOut } from './patcher.js';

/** What a firewall that knows addresses and ports, and no names, is to let through. */
export interface AddressOpening {
  /** Undefined: every host. */
  to?: string;
  port: number;
  /** The only one who is let through, where that is known. */
  from?: string;
  closedAt: readonly number[];
  byDefault: boolean;
}

/** Places as such a firewall can open them, and those that it cannot. `rule`: how it would write one. */
export function byAddress(
  { places, request, given }: Ask,
  rule: (opening: AddressOpening) => string,
): { openings: AddressOpening[]; leftOut: LeftOut[] } {
  const from = request.server === 'proxy' ? given.proxyAddress : given.serverAddress;
  const opening = ({ host, ...closed }: ClosedPlace): AddressOpening => ({
    ...(rangeOf(host) && { to: host }),
    ...closed,
    ...(from !== undefined && request.device === 'edge-firewall' && { from }),
  });
  const [known, named] = [places.filter(isAddress), places.filter((one) => !isAddress(one))];
  if (given.byPort || named.length === 0)
    return { openings: [...known.map(opening), ...merged(named.map(opening))], leftOut: [] };
  const rules = merged(named.map(opening)).map((one) => `"${rule(one)}"`);
  const why = `it knows no names, and the addresses of these hosts change. Either what knows names decides about them (a proxy, a firewall by names), or the port is opened to every host, more than the page's hosts and as much as its ports: ${rules.join(', ')} (--by-port writes that)`;
  return { openings: known.map(opening), leftOut: [{ places: named, why }] };
}

function isAddress({ host }: ClosedPlace): boolean {
  return rangeOf(host) !== undefined;
}

/** One for each port. */
function merged(openings: readonly AddressOpening[]): AddressOpening[] {
  const byPort = new Map<number, AddressOpening>();
  for (const one of openings) {
    const known = byPort.get(one.port);
    const closedAt = [...(known?.closedAt ?? []), ...one.closedAt];
    byPort.set(one.port, { ...one, closedAt, byDefault: one.byDefault || known?.byDefault === true });
  }
  return [...byPort.values()];
}
