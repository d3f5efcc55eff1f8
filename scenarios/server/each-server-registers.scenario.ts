import { documentedSite, portal, results, scenario, siteChange, steps, user } from '../../harness/index.js';

const [first, second] = ['app-proxy-01', 'app-proxy-02'] as const;
const intranet = 'https://intranet-contoso.msappproxy.net/';
const runs = [first, second].flatMap((server) => steps.operate(server, 'bootstrap', 'listen'));
const looks = [steps.visit(intranet), steps.viewPortal(first), steps.viewPortal(second)];

/**
 * The second server gets the first one's disk. Its services start and everything that they do works: as
 * the first one, which is all that the service sees.
 */
export default scenario({
  title: 'A server that was copied from another works, and never appears: the service takes it for the other',
  proves: 'server/each-server-registers',
  site: documentedSite({ servers: [{ name: first }, { name: second }] }),
  change: siteChange(`${second}: its disk is a copy of that of ${first}`, (site) => site, [
    { kind: 'operation', operation: 'bootstrap', machine: second, outcome: 'ok' },
  ]),
  script: {
    control: [
      ...[first, second].flatMap((server) => steps.operate(server, 'install', 'sign-in', 'register')),
      ...runs,
      ...looks,
    ],
    change: [steps.copyInstallation(first, second), steps.pass('30m'), ...runs, ...looks],
    restore: [...steps.operate(second, 'install', 'sign-in', 'register'), ...runs, ...looks],
  },
  expect: [
    results.bootstrap.ok({ server: first }),
    results.bootstrap.ok({ server: second }),
    portal.connector(first).isActive(),
    portal.connector(second).isInactive(),
    user.visits(intranet).gets('application'),
  ],
});
