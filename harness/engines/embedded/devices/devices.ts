import type { Server } from '../../../../model/site/schema.js';
import type { Device, DeviceContext, DeviceKind, Installed } from './device.js';
import { edgeFirewall, hostFirewall } from './firewall.js';
import { inspector } from './inspector.js';
import { link } from './link.js';
import { natPorts } from './nat-ports.js';
import { pathMtu } from './path-mtu.js';
import { synProxy } from './syn-proxy.js';

/** Every kind of device of the embedded engine, in path order. */
const embeddedDevices: readonly DeviceKind[] = [
  hostFirewall,
  edgeFirewall,
  synProxy,
  inspector,
  natPorts,
  pathMtu,
  link,
];

/** The devices that a server's connections pass before they leave it. */
export function devicesOn(server: Server, context: DeviceContext, installed: Installed): Device[] {
  return embeddedDevices.flatMap((kind) => kind.onServer?.(context, server, installed) ?? []);
}

/** The devices of the site's way out. */
export function devicesAtEdge(context: DeviceContext, installed: Installed): Device[] {
  return embeddedDevices.flatMap((kind) => kind.atEdge?.(context, installed) ?? []);
}
