import {
  administrator,
  documentedSite,
  results,
  type SiteInput,
  scenarios,
  siteChange,
  user,
} from '../../harness/index.js';

const [server, intranet] = ['app-proxy-01', 'https://intranet-contoso.msappproxy.net/'] as const;
const sydney = (region: 'aus' | 'eur', servers: string[]): Partial<SiteInput> => ({
  applications: [
    {
      name: 'Intranet',
      external: intranet,
      internal: 'http://intranet.contoso.test/',
      ...(servers.length > 0 && { group: 'Sydney' }),
    },
  ],
  'connector-groups': [{ name: 'Sydney', servers, region }],
});
/** A firewall that knows only the hosts of the region that is closest. */
const closestOnly = (region: 'aus' | 'eur') => {
  const site = documentedSite(sydney(region, [server]));
  const far = {
    name: 'not of the closest region',
    deny: 'vm18-proxy-appproxy-neur-dub01p-3.connector.msappproxy.net',
  };
  const farther = { ...far, deny: far.deny.replace('vm18', 'vm19') };
  const rule = (one: typeof far) => ({ ...one, port: 443 });
  return documentedSite({
    ...sydney(region, [server]),
    firewall: { rules: [rule(far), rule(farther), ...site.firewall.rules] },
  });
};
const moves = { action: 'set-region', group: 'Sydney', region: 'asia' } as const;

/** Which hosts carry a group's requests follows from its region; which is nearest, nobody measures here. */
export default [
  ...scenarios([{ row: 'requests' }], ({ row }) => ({
    row,
    title: "A group without a region of its own: its requests go through the tenant's, far away",
    proves: 'groups/closest-region',
    site: closestOnly('aus'),
    change: siteChange("connector-groups: Sydney in the tenant's region", () => closestOnly('eur'), [
      { kind: 'decision', device: 'edge-firewall', rule: 'not of the closest region' },
    ]),
    expect: [
      results.listen.ok(),
      results.deliver.tcpDrop({
        host: '*.connector.msappproxy.net',
        device: 'edge-firewall',
        rule: 'not of the closest region',
      }),
      user.visits(intranet).gets('gateway-timeout'),
    ],
  })),
  ...scenarios([{ row: 'group with members' }], ({ row }) => ({
    row,
    title: 'The region of a group is changed only while nothing is in it',
    proves: 'groups/closest-region',
    site: documentedSite(sydney('aus', [])),
    change: siteChange(
      `connector-groups: ${server} and Intranet in Sydney`,
      () => documentedSite(sydney('aus', [server])),
      [{ kind: 'administration', outcome: 'BadRequest' }],
    ),
    expect: [results.bootstrap.ok(), administrator.does(moves).gets('BadRequest')],
  })),
];
