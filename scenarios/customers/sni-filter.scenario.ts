import { documentedSite, results, scenario, siteChange } from '../../harness/index.js';

/** A firewall that reads names from the ClientHello lets TCP connect and then says no. */
export default scenario({
  title: 'The firewall decides by the name in the ClientHello: TCP connects, the handshake is cut',
  proves: 'hosts/suffix-rules',
  site: documentedSite(),
  change: siteChange(
    'edge-firewall: names from SNI, *.servicebus.windows.net not among them',
    (site) => ({
      ...site,
      firewall: {
        ...site.firewall,
        'names-from': 'sni',
        rules: site.firewall.rules.filter((rule) => rule.allow !== '*.servicebus.windows.net'),
      },
    }),
    [{ kind: 'decision', device: 'edge-firewall', rule: 'default drop' }],
  ),
  expect: [
    results.bootstrap.ok(),
    results.listen.sniBlock({
      host: '*.servicebus.windows.net',
      device: 'edge-firewall',
      rule: 'default drop',
    }),
  ],
});
