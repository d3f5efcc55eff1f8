import type { Device } from '../../model/evidence/vocabulary.js';
import { isInside, type SiteAddresses } from '../../model/site/addresses.js';

/** A connection arrived where nobody listens: at a host of the site, or of the cloud. */
export function nothingListens(addresses: SiteAddresses, address: string, port: number) {
  const device = isInside(addresses, address) ? 'application-host' : 'cloud';
  return unreachable(device, `nothing listens at ${address} port ${port}`);
}

/** Somebody outside came as far as a connector's server. */
export function noPortOpen() {
  return unreachable('server', 'a connector opens no port');
}

function unreachable(device: Device, explanation: string) {
  return { device, action: 'unreachable', rule: 'nothing listens', explanation } as const;
}
