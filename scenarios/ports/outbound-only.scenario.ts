import { documentedSite, network, results, scenario, siteChange, user } from '../../harness/index.js';

/** Holds only: the control lets everything in, the change drops every inbound packet. */
export default scenario({
  title: 'Every inbound packet is dropped at the edge, and users still reach the application',
  proves: 'ports/outbound-only',
  site: documentedSite({ firewall: { default: 'allow', inbound: 'allow' } }),
  change: siteChange(
    'edge-firewall: inbound drop',
    (site) => ({ ...site, firewall: { ...site.firewall, inbound: 'drop' } }),
    [{ kind: 'decision', device: 'edge-firewall', rule: 'inbound drop' }],
  ),
  control: [network.outside.probes('app-proxy-01', 443, 'tcp-reject')],
  restore: [network.outside.probes('app-proxy-01', 443, 'tcp-reject')],
  expect: [
    results.listen.ok(),
    results.deliver.ok(),
    user.visits('https://intranet-contoso.msappproxy.net/').gets('application'),
    network.outside.probes('app-proxy-01', 443, 'tcp-drop'),
  ],
});
