import { denyHost, documentedSite, portal, results, scenario, steps } from '../../harness/index.js';

const server = 'app-proxy-01';

/** Nobody documents how many reports may be missed; the lab assumes two (`inactive-after-misses`). */
export default scenario({
  title: 'The label turns inactive when the connector cannot reach the service, and green again afterwards',
  proves: ['verify/active-label', 'verify/portal-lists-all'],
  site: documentedSite(),
  change: denyHost('*.bootstrap.msappproxy.net'),
  script: {
    change: [steps.pass('30m'), ...steps.operate(server, 'bootstrap'), steps.viewPortal(server)],
  },
  expect: [
    results.bootstrap.tcpDrop({ device: 'edge-firewall', rule: 'deny *.bootstrap.msappproxy.net' }),
    portal.connector(server).isInactive(),
  ],
});
