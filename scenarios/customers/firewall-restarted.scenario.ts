import { documentedSite, results, scenario, siteChange, steps } from '../../harness/index.js';

const server = 'app-proxy-01';
const rule = 'default drop';

/**
 * Firewalls that keep rules by name up to date from answers to DNS queries know nothing after a restart, and
 * servers that have the answers still do not ask again before these are over.
 */
export default scenario({
  title: 'A firewall has lost its learned names at a restart: everything is refused until servers ask again',
  proves: 'hosts/service',
  site: documentedSite(),
  change: siteChange(
    'edge-firewall: restarted, without its learned names for ten minutes',
    (site) => ({ ...site, firewall: { ...site.firewall, 'names-lost-for': 600_000 } }),
    [{ kind: 'decision', device: 'edge-firewall', rule }],
  ),
  script: {
    change: [
      ...steps.operate(server, 'update'),
      steps.pass('11m'),
      ...steps.operate(server, 'bootstrap', 'listen'),
    ],
  },
  expect: [
    results.update.tcpDrop({ device: 'edge-firewall', rule }),
    results.bootstrap.ok(),
    results.listen.ok(),
  ],
});
