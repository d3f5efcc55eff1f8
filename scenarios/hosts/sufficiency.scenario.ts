import {
  documentedFirewall,
  documentedSite,
  edgeFirewall,
  network,
  results,
  scenario,
} from '../../harness/index.js';

/**
 * The control opens everything. The change opens what the page lists and nothing else; an address
 * that is not listed is closed, so the rules are really in force.
 */
export default scenario({
  title: 'The documented hosts are enough: default drop, nothing else open, a whole connector life works',
  proves: ['hosts/service', 'hosts/revocation', 'hosts/registration', 'hosts/registration-http'],
  site: documentedSite({ firewall: { default: 'allow' } }),
  change: edgeFirewall('default drop, open exactly what the page lists', documentedFirewall('public'), [
    'default drop',
  ]),
  expect: [
    results.install.ok(),
    results.signIn.ok(),
    results.register.ok(),
    results.bootstrap.ok(),
    results.listen.ok(),
    results.deliver.ok(),
    results.renew.ok(),
    results.update.ok(),
    results.revocationCheck.ok(),
    network.from('app-proxy-01').reaches('cacerts.digicert.com', 80, 'tcp-drop', {
      device: 'edge-firewall',
      rule: 'default drop',
    }),
  ],
  control: [network.from('app-proxy-01').reaches('cacerts.digicert.com', 80, 'ok')],
  restore: [network.from('app-proxy-01').reaches('cacerts.digicert.com', 80, 'ok')],
});
