import { explainProxy } from '../../../../model/policy/proxy.js';
import { proxiesOf } from '../../../../model/site/proxies.js';
import type { ContainersDevice } from './containers-device.js';

/** The site's explicit proxy, and the one behind it: squid on machines of its own, which tells of every request. */
export const proxy: ContainersDevice = {
  device: 'proxy',
  lines: {
    admitted({ connection, host, port, rule }, { machine }, { site }) {
      const asked = proxiesOf(site).find((one) => connection.endsWith(`>${one.address}:${one.port}`));
      const decision = asked && explainProxy(asked.settings, rule, { host, port });
      const flow = { machine, host, address: '', port };
      return decision && { decision: { device: asked.machine, ...decision }, flow };
    },
  },
};
