import { documentedSite, results, scenario, siteChange, steps, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const [first, second] = ['app-proxy-01', 'app-proxy-02'] as const;
const requests = (count: number) => Array.from({ length: count }, () => steps.visit(intranet));

/**
 * Connectors of a group take turns, and one that went down is asked no more. Two hundred requests take their
 * time: more than five times as long as most scenarios.
 */
export default scenario({
  title: 'One of two servers goes down in the middle of 200 requests: none is lost',
  proves: 'availability/two-servers',
  site: documentedSite({ servers: [{ name: first }, { name: second }] }),
  change: siteChange(`${first}: down`, (site) => site, [
    { kind: 'service', service: 'connector', machine: first },
  ]),
  script: {
    change: [
      ...[first, second].flatMap((server) => steps.operate(server, 'bootstrap', 'listen')),
      ...requests(100),
      ...steps.operate(first, 'deliver'),
      steps.service(first, 'connector', 'stop'),
      ...requests(100),
      ...steps.operate(second, 'deliver'),
    ],
  },
  expect: [
    results.deliver.ok({ server: first }),
    results.deliver.ok({ server: second }),
    user.visits(intranet).alwaysGets('application'),
  ],
});
