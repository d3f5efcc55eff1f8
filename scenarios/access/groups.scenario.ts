import { documentedSite, results, scenario, siteChange, steps, user } from '../../harness/index.js';

const [oslo, lima] = ['oslo-proxy-01', 'lima-proxy-01'] as const;
const siteFor = (group: string) =>
  documentedSite({
    servers: [
      { name: oslo },
      {
        name: lima,
        'host-firewall': { rules: [{ deny: 'ledger.oslo.contoso.test', name: 'no way to Oslo' }] },
      },
    ],
    'private-access': {
      applications: [
        {
          name: 'Ledger',
          group,
          users: ['mira@contoso.test'],
          segments: [{ to: 'ledger.oslo.contoso.test', ports: 3200 }],
        },
      ],
      resources: [{ host: 'ledger.oslo.contoso.test', ports: [3200] }],
    },
    'connector-groups': [
      { name: 'Oslo', servers: [oslo] },
      { name: 'Lima', servers: [lima] },
    ],
  });

/** The group decides which connector connects to the resource, and so from where. */
export default scenario({
  title:
    "A private application is assigned to a group in another location: that group's connector has no way to it",
  proves: ['access/per-app', 'groups/separate-networks'],
  site: siteFor('Oslo'),
  change: siteChange('Ledger: assigned to the group Lima', () => siteFor('Lima'), [
    { kind: 'decision', device: 'host-firewall', rule: 'no way to Oslo' },
  ]),
  script: {
    change: [
      ...steps.operate(oslo, 'tunnel'),
      ...steps.operate(lima, 'tunnel'),
      steps.access('ledger.oslo.contoso.test', 3200),
    ],
  },
  expect: [
    results.tunnel.ok({ server: oslo }),
    results.tunnel.tcpDrop({ server: lima, device: 'host-firewall', rule: 'no way to Oslo' }),
    results.tunnel.ok({ server: lima }),
    user.connects('ledger.oslo.contoso.test', 3200).gets('tcp-drop'),
  ],
});
