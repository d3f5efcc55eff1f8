import { onePerCloud, type Service, type ServiceHost } from '../service.js';
import { Relay } from './relay.js';

/** Each of the namespaces is in a region of its own, and its gateways with it. */
const blocks = ['relay-0', 'relay-1', 'relay-2', 'relay-3'] as const;

const relayOf = onePerCloud((context) => new Relay(context));

/** The relay's namespaces, the tenant's own where it has hybrid connections, and the gateways. */
export const relay: Service = {
  name: 'relay',
  hosts: ({ namespaces, hybridNamespace }, { cloud }) => {
    const host = (name: string, index: number, cloudService: string): ServiceHost => ({
      name,
      block: blocks[index] ?? 'relay-0',
      chain: [cloudService],
    });
    const own = cloud['hybrid-connections'].length > 0 ? [hybridNamespace] : [];
    return [
      ...namespaces.flatMap(({ host: namespace, gateways, cloudService }, index) =>
        [namespace, ...gateways].map((name) => host(name, index, cloudService)),
      ),
      ...own.map((one) => host(one.host, 0, one.cloudService)),
    ];
  },
  answer: (context) => (request) => relayOf(context).answer(request),
  webSocket: relayOf,
};
