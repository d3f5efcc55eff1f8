import type { Socket } from 'node:net';
import type { Attempt, Emitter } from '../../../../mocks/devices/decided.js';
import type { Fabric } from '../../../../mocks/loopback/fabric.js';
import type { Clock } from '../../../../mocks/network.js';
import type { InspectionAuthority } from '../../../../mocks/pki/inspection-authority.js';
import type { Server, Site } from '../../../../model/site/schema.js';

/**
 * A device on the path. It passes an attempt on with `next`, refuses it by throwing a NetworkError,
 * or stands in the middle of the connection.
 */
export type Device = (attempt: Attempt, next: () => Promise<Socket>) => Promise<Socket>;

/** What devices need of the lab. */
export interface DeviceContext extends Emitter {
  fabric: Fabric;
  clock: Clock;
}

/** What is in place: the site, and the authority that its inspection shows, where it has one. */
export interface Installed {
  site: Site;
  authority: InspectionAuthority | undefined;
}

/** A kind of device: where it stands, and how it is made of a site. Undefined: the site has none. */
export interface DeviceKind {
  onServer?(context: DeviceContext, server: Server, installed: Installed): Device | undefined;
  atEdge?(context: DeviceContext, installed: Installed): Device | undefined;
}

/** Runs an attempt through devices in path order; `arrive` is what happens behind the last one. */
export function through(
  devices: readonly Device[],
  attempt: Attempt,
  arrive: () => Promise<Socket>,
): Promise<Socket> {
  const step = (index: number): Promise<Socket> => {
    const device = devices[index];
    return device ? device(attempt, () => step(index + 1)) : arrive();
  };
  return step(0);
}
