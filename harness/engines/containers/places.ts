import type { Ipv6Place, LabNetwork, Place } from '../../../docker/agent/roles.js';
import { addressPlan, ipv6Network, ipv6Of, serverAddress } from '../../../model/site/address-plan.js';
import type { RoleName } from './confinement.js';

/** A machine of a lab; the switch between them is none. */
export type MachineName = Exclude<RoleName, 'server' | 'switch'> | 'parent-proxy' | `server-${number}`;

export function roleOf(name: MachineName): Exclude<RoleName, 'switch'> {
  if (name === 'parent-proxy') return 'proxy';
  return name.startsWith('server-') ? 'server' : (name as Exclude<RoleName, 'server' | 'switch'>);
}

/** Which addresses a machine has on which network, and where everything else goes. */
export function placeOf(name: MachineName): Place {
  const { gatewayInside, gatewayOutside, cloud, cloudNetwork, outsideNetwork } = addressPlan;
  const on = (network: LabNetwork, addresses: string[], onLink: string[]) => ({
    name: network,
    addresses,
    onLink,
  });
  const within = (...addresses: string[]) => on('inside', addresses, [...addressPlan.insideNetworks]);
  switch (roleOf(name)) {
    case 'gateway':
      return {
        interfaces: [
          on('outside', [gatewayOutside], [outsideNetwork]),
          within(gatewayInside, addressPlan.resolver, addressPlan.inspectionList),
        ],
        gateway: cloud,
        local: [addressPlan.ownResolvers],
      };
    case 'cloud':
      return {
        interfaces: [on('outside', [cloud], [outsideNetwork])],
        gateway: gatewayOutside,
        local: [cloudNetwork, addressPlan.namesNetwork],
        answersForAll: true,
      };
    case 'users': {
      const own = [addressPlan.user, addressPlan.outside];
      return {
        interfaces: [on('outside', own, [outsideNetwork, cloudNetwork])],
        gateway: gatewayOutside,
      };
    }
    case 'applications':
      return { interfaces: [within(addressPlan.applications)], gateway: gatewayInside };
    case 'proxy':
      return {
        interfaces: [within(name === 'proxy' ? addressPlan.proxy : addressPlan.parentProxy)],
        gateway: gatewayInside,
      };
    case 'guest':
      return { interfaces: [within(addressPlan.guest)], gateway: gatewayInside };
    case 'server':
      return {
        interfaces: [within(serverAddress(Number(name.split('-')[1]) - 1))],
        gateway: gatewayInside,
      };
  }
}

/** Beside 198.18.1.0/24, the network of the servers: all that the gateway has a way to over IPv6. */
const serversNetwork = `${ipv6Of('198.18.1.0')}/120`;

/** What a machine has of IPv6 where a site speaks of it; undefined: nothing, ever. */
export function ipv6PlaceOf(name: MachineName): Ipv6Place | undefined {
  const gateway = ipv6Of(addressPlan.gatewayInside);
  const [address] = placeOf(name).interfaces[0]?.addresses ?? [];
  if (roleOf(name) === 'gateway') return { address: gateway, route: { to: serversNetwork } };
  if (roleOf(name) !== 'server' || address === undefined) return undefined;
  return { address: ipv6Of(address), route: { to: ipv6Network, via: gateway } };
}
