import { documentedSite, portal, results, scenario, siteChange, steps } from '../../harness/index.js';

const server = 'app-proxy-01';

/** P15: a server that was off for long. A new registration is the only way back. */
export default scenario({
  title: 'A connector is silent for eleven days: it is gone from the portal, and its reports are refused',
  proves: ['verify/portal-lists-all', 'verify/active-label'],
  site: documentedSite(),
  change: siteChange(`${server}: off for eleven days`, (site) => site, [
    { kind: 'cloud', service: 'bootstrap', detail: 'no such connector' },
  ]),
  script: {
    change: [
      ...steps.operate(server, 'bootstrap'),
      steps.service(server, 'connector', 'stop'),
      steps.pass('11d'),
      steps.viewPortal(server),
      steps.service(server, 'connector', 'start'),
      ...steps.operate(server, 'bootstrap'),
    ],
    restore: [...steps.operate(server, 'sign-in', 'register', 'bootstrap'), steps.viewPortal(server)],
  },
  expect: [
    results.bootstrap.ok(),
    results.bootstrap.httpUnauthorized({ host: '*.bootstrap.msappproxy.net', port: 443 }),
    portal.connector(server).isAbsent(),
  ],
});
