import { denyHost, documentedSite, portal, scenario } from '../../harness/index.js';

const server = 'app-proxy-01';

/** Nobody documents how many reports may be missed; the lab assumes two (`inactive-after-misses`). */
export default scenario({
  title: 'The label turns inactive when the connector cannot reach the service, and green again afterwards',
  proves: ['verify/active-label', 'verify/portal-lists-all'],
  site: documentedSite(),
  change: denyHost('*.bootstrap.msappproxy.net'),
  script: {
    change: [
      { do: 'pass', ms: 30 * 60_000 },
      { do: 'operate', server, operation: 'bootstrap' },
      { do: 'view-portal', connector: server },
    ],
  },
  expect: [
    {
      kind: 'result',
      operation: 'bootstrap',
      result: 'tcp-drop',
      device: 'edge-firewall',
      rule: 'deny *.bootstrap.msappproxy.net',
    },
    portal.connector(server).isInactive(),
  ],
});
