import { synProxyPort } from '../../../../docker/agent/ports.js';
import type { ContainersDevice } from './containers-device.js';

/** A firewall that answers TCP to port 443 itself: the kernel puts it in front, and it tells what it does. */
export const synProxy: ContainersDevice = {
  device: 'syn-proxy',
  gatewayRules: ({ site }) =>
    site['syn-proxy']
      ? `chain syn_proxy {
  type nat hook prerouting priority dstnat; policy accept;
  iifname "inside" tcp dport 443 redirect to :${synProxyPort}
}`
      : '',
  lines: {},
};
