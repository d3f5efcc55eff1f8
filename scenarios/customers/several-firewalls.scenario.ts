import { documentedSite, results, scenarios, siteChange } from '../../harness/index.js';

const site = documentedSite({
  firewalls: [
    { name: 'branch', rules: [{ allow: 'documented' }] },
    { name: 'centre', default: 'allow' },
    { name: 'cloud', 'application-rules': [{ allow: 'documented' }] },
  ],
});
const relay = '*.servicebus.windows.net';
const denied = { deny: relay, port: 443 };

/** Each firewall on the way decides for all behind it, and only one of them is to be asked. */
export default scenarios(
  [
    { row: 'branch', rule: 'branch: deny *.servicebus.windows.net port 443', result: 'tcpDrop' },
    { row: 'centre', rule: 'centre: deny *.servicebus.windows.net port 443', result: 'tcpDrop' },
    // A rule of the network decides before application rules are read.
    { row: 'cloud', rule: 'cloud: deny *.servicebus.windows.net port 443', result: 'tcpDrop' },
  ] as const,
  ({ row, rule, result }) => ({
    row,
    title: `Three firewalls one behind the other: what "${row}" closes is closed, and it is named`,
    proves: 'hosts/service',
    site,
    change: siteChange(
      `edge-firewall: ${rule}`,
      (before) => ({
        ...before,
        firewalls: (before.firewalls ?? []).map((one) =>
          one.name === row ? { ...one, rules: [{ ...denied }, ...one.rules] } : one,
        ),
      }),
      [{ kind: 'decision', device: 'edge-firewall', rule }],
    ),
    expect: [results.listen[result]({ host: relay, device: 'edge-firewall', rule })],
  }),
);
