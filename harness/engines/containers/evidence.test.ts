import { expect, it } from 'vitest';
import type { Notice } from '../../../docker/agent/channel.js';
import type { LogPrefix } from '../../../docker/agent/log-prefix.js';
import type { EventBody } from '../../../model/evidence/event.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import { documentedSite } from '../../../model/site/documented.js';
import { ruleSchema } from '../../../model/site/schema.js';
import { Evidence } from './evidence.js';

const from = '198.18.1.10';
const to = '198.18.64.1';
const logged = (prefix: LogPrefix): Notice => ({
  kind: 'packet',
  packet: { prefix, protocol: 'tcp', from, fromPort: 40_312, to, toPort: 443, data: '' },
});

it('tells decisions in the order of the path, with number, rule and line of the log', () => {
  const site = documentedSite();
  const rules = [ruleSchema.parse({ allow: 'any', port: 80 }), ruleSchema.parse({ deny: 'any', port: 443 })];
  const recorded: EventBody[] = [];
  const ended: string[] = [];
  const evidence = new Evidence(
    {
      record: (_, event) => void recorded.push(event),
      end: (machine, _, result) => void ended.push(`${machine} ${result}`),
      endFar: () => {},
      endQueries: () => {},
    },
    { site: { ...site, firewall: { ...site.firewall, rules } }, addresses: siteAddresses(site) },
  );
  // The gateway's log is often here before the server's, and before the server has said what it does.
  evidence.hear(logged({ kind: 'edge', rule: 1 }));
  evidence.add('app-proxy-01', {
    kind: 'connection',
    connection: `${from}:40312>${to}:443`,
    account: 'network-service',
    ...{ host: 'login.windows.net', address: to, port: 443 },
  });
  evidence.hear(logged({ kind: 'host', rule: 'default' }));
  evidence.hear(logged({ kind: 'edge', rule: 1 }));
  evidence.flush();
  expect(recorded.map((event) => event.kind)).toEqual(['connection', 'decision', 'decision']);
  expect(recorded.slice(1)).toMatchObject([
    {
      device: 'host-firewall',
      action: 'allow',
      rule: 'default allow',
      log: `host default: SRC=${from} DST=${to} PROTO=TCP SPT=40312 DPT=443`,
    },
    {
      device: 'edge-firewall',
      action: 'drop',
      rule: 'deny any port 443',
      explanation: expect.stringMatching(/^rule 2 fits /),
      log: `edge 2: SRC=${from} DST=${to} PROTO=TCP SPT=40312 DPT=443`,
    },
  ]);
  expect(ended).toEqual(['app-proxy-01 tcp-drop']);
});
