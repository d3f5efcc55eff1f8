import { explainProxy } from '../../../../model/policy/proxy.js';
import type { ContainersDevice } from './containers-device.js';

/** The site's explicit proxy: squid on a machine of its own, which tells of every request. */
export const proxy: ContainersDevice = {
  device: 'proxy',
  lines: {
    admitted({ host, port, rule }, { machine }, { site }) {
      const decision = site.proxy && explainProxy(site.proxy, rule, { host, port });
      const flow = { machine, host, address: '', port };
      return decision && { decision: { device: 'proxy', ...decision }, flow };
    },
  },
};
