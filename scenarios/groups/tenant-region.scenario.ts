import { documentedSite, results, scenario, siteChange, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const server = 'app-proxy-01';
const rule = 'not of the closest region';
const far = ['vm18', 'vm19'].map((vm) => ({
  ...{ name: rule, port: 443 },
  deny: `${vm}-proxy-appproxy-neur-dub01p-3.connector.msappproxy.net`,
}));

/** Sydney has no region of its own, and neither has the default group: the tenant's is theirs. */
export default scenario({
  title: 'The tenant’s region is another: requests of groups without one of their own go through its hosts',
  proves: 'groups/closest-region',
  site: documentedSite({
    cloud: { region: 'aus' },
    firewall: { rules: [...far, ...documentedSite().firewall.rules] },
    applications: [
      { name: 'Intranet', external: intranet, internal: 'http://intranet.contoso.test/', group: 'Sydney' },
    ],
    'connector-groups': [{ name: 'Sydney', servers: [server] }],
  }),
  change: siteChange('cloud: region eur', (site) => ({ ...site, cloud: { ...site.cloud, region: 'eur' } }), [
    { kind: 'decision', device: 'edge-firewall', rule },
  ]),
  expect: [
    results.listen.ok(),
    results.deliver.tcpDrop({ host: '*.connector.msappproxy.net', device: 'edge-firewall', rule }),
    user.visits(intranet).gets('gateway-timeout'),
  ],
});
