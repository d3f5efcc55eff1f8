import type { GatewayDevice, GatewayHost } from './gateway-device.js';
import { Idle } from './idle.js';
import { Inspector } from './inspector.js';
import { LinkDevice } from './link.js';
import { Resolver } from './resolver.js';
import { SniFirewall } from './sni-firewall.js';
import { SynProxyDevice } from './syn-proxy.js';

/** Every device of the gateway that is more than rules of the kernel's, in path order. */
export function gatewayDevices(host: GatewayHost): readonly GatewayDevice[] {
  return [
    new Resolver(host),
    new SniFirewall(host),
    new SynProxyDevice(host),
    new Inspector(host),
    new LinkDevice(),
    new Idle(host),
  ];
}
