import { inspectionPort } from '../../../../docker/agent/ports.js';
import { inspectedPorts } from '../../../../mocks/devices/inspection.js';
import type { ContainersDevice } from './containers-device.js';

/** Transparent TLS inspection: the kernel puts it in front, and it tells of its decisions itself. */
export const inspector: ContainersDevice = {
  device: 'inspector',
  gatewayRules: ({ site, addresses }) =>
    site.inspection?.at === 'edge'
      ? `chain inspector {
  type nat hook prerouting priority dstnat; policy accept;
  iifname "inside" ip daddr != ${addresses.inspectionList} tcp dport { ${inspectedPorts(site.inspection).join(', ')} } redirect to :${inspectionPort}
}`
      : '',
  // Our own names its connections itself.
  carriesOn: ({ inspection }) => inspection?.at === 'edge' && inspection.product !== 'node',
  lines: {},
};
