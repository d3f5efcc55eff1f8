import { synProxyPort } from '../../../../docker/agent/ports.js';
import type { ContainersDevice } from './containers-device.js';
import { putInFront } from './put-in-front.js';

/** A firewall that answers TCP to port 443 itself: the kernel puts it in front, and it tells what it does. */
export const synProxy: ContainersDevice = {
  device: 'syn-proxy',
  gatewayRules: ({ site }) =>
    site['syn-proxy']
      ? putInFront(site, { chain: 'syn_proxy', of: 'tcp dport 443', port: synProxyPort })
      : '',
  lines: {},
};
