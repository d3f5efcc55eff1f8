import { onePerCloud, type Service, type ServiceHost } from '../service.js';
import { Relay } from './relay.js';

const relayOf = onePerCloud((context) => new Relay(context));

/** The relay's namespaces, the tenant's own where it has hybrid connections, and the gateways. */
export const relay: Service = {
  name: 'relay',
  hosts: ({ namespaces, hybridNamespace }, { cloud }) => {
    const host = (name: string, cloudService: string): ServiceHost => ({
      name,
      block: 'service-bus',
      chain: [cloudService],
    });
    const own = cloud['hybrid-connections'].length > 0 ? [hybridNamespace] : [];
    return [
      ...[...namespaces, ...own].map((one) => host(one.host, one.cloudService)),
      ...namespaces.flatMap(({ gateways, cloudService }) =>
        gateways.map((gateway) => host(gateway, cloudService)),
      ),
    ];
  },
  answer: (context) => (request) => relayOf(context).answer(request),
  webSocket: relayOf,
};
