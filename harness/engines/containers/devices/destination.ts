import { log } from '../../../../docker/agent/log-prefix.js';
import { nothingListens } from '../../../../mocks/devices/nothing-listens.js';
import { isInside } from '../../../../model/site/addresses.js';
import type { ContainersDevice } from './containers-device.js';

/** Whoever the connection was for: a refusal that no firewall sent says that nobody listens there. */
export const destination: ContainersDevice = {
  device: 'cloud',
  // Without a sequence number it is the answer to a SYN, and no end of a connection that stood.
  serverRules: () => `chain refused {
  type filter hook input priority 0; policy accept;
  iifname != "lo" tcp flags & (rst | ack) == (rst | ack) tcp sequence 0 ${log({ kind: 'refused' })} accept
}`,
  lines: {
    refused: (_, { event: { host, address, port } }, { addresses }) => ({
      decision: nothingListens(addresses, address, port),
      end: { result: 'tcp-reject', words: `${host}:${port}: the connection was refused` },
      after: isInside(addresses, address) ? [] : ['edge', 'edge peek'],
    }),
  },
};
