import { inspectionPort } from '../../../../docker/agent/ports.js';
import { inspectedPorts } from '../../../../mocks/devices/inspection.js';
import type { ContainersDevice } from './containers-device.js';
import { putInFront } from './put-in-front.js';

/** Transparent TLS inspection: the kernel puts it in front, and it tells of its decisions itself. */
export const inspector: ContainersDevice = {
  device: 'inspector',
  gatewayRules: ({ site, addresses }) =>
    site.inspection?.at === 'edge'
      ? putInFront(site, {
          chain: 'inspector',
          of: `ip daddr != ${addresses.inspectionList} tcp dport { ${inspectedPorts(site.inspection).join(', ')} }`,
          port: inspectionPort,
        })
      : '',
  // Our own names its connections itself.
  carriesOn: ({ inspection }) =>
    inspection?.at === 'edge' && inspection.product !== 'node' ? 'meta l4proto tcp' : undefined,
  lines: {},
};
