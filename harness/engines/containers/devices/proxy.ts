import { inspectionRules } from '../../../../model/policy/inspection.js';
import { explainProxy } from '../../../../model/policy/proxy.js';
import { explainByList } from '../../../../model/policy/rule-list.js';
import { proxiesOf } from '../../../../model/site/proxies.js';
import type { ContainersDevice } from './containers-device.js';

/** The site's explicit proxy, and the one behind it: squid on machines of its own, which tells of every request. */
export const proxy: ContainersDevice = {
  device: 'proxy',
  lines: {
    admitted({ connection, host, port, rule }, { machine }, { site }) {
      const asked = proxiesOf(site).find((one) => connection.endsWith(`>${one.address}:${one.port}`));
      const flow = { machine, host, address: '', port };
      const decision = asked && explainProxy(asked.settings, rule, { host, port });
      if (decision) return { decision: { device: asked.machine, ...decision }, flow };
      const { inspection } = site;
      const read = inspection && explainByList(inspectionRules(inspection), rule, { host, port });
      return read && { decision: { device: 'inspector', ...read }, flow };
    },
  },
};
