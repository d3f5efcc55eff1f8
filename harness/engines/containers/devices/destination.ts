import { log } from '../../../../docker/agent/log-prefix.js';
import { nothingListens } from '../../../../mocks/devices/nothing-listens.js';
import { isInside } from '../../../../model/site/addresses.js';
import { proxiesOf } from '../../../../model/site/proxies.js';
import type { ContainersDevice } from './containers-device.js';

/** Without a sequence number a reset is the answer to a SYN, and no end of a connection that stood. */
const refusal = `tcp flags & (rst | ack) == (rst | ack) tcp sequence 0 ${log({ kind: 'refused' })}`;
const refusals = `chain refused {
  type filter hook input priority 0; policy accept;
  iifname != "lo" meta nfproto ipv4 ${refusal} accept
}`;

/** Whoever the connection was for: a refusal that no firewall sent says that nobody listens there. */
export const destination: ContainersDevice = {
  device: 'cloud',
  // A device in the middle, or a proxy, opens a connection of its own, and is refused in place of the server.
  gatewayRules: ({ site }) => `${refusals}
${
  site.proxy
    ? `chain proxyrefused {
  type filter hook forward priority 0; policy accept;
  ip daddr { ${proxiesOf(site)
    .map(({ address }) => address)
    .join(', ')} } ${refusal}
}`
    : ''
}`,
  serverRules: () => refusals,
  lines: {
    refused: (_, { event: { host, address, port } }, { addresses }) => ({
      decision: nothingListens(addresses, address, port),
      end: { result: 'tcp-reject', words: `${host}:${port}: the connection was refused` },
      after: isInside(addresses, address) ? [] : ['edge', 'edge peek'],
    }),
  },
};
