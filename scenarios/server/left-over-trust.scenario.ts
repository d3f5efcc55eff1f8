import { documentedSite, results, scenario, serverFacts, steps, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
const visit = [steps.visit(intranet), ...steps.operate(server, 'deliver')];

/**
 * Registered anew without deleting what the old installation left: the trust settings still lead to the
 * certificate of the connector that was. It is not over, and it is another's.
 */
export default scenario({
  title: 'Trust settings left over from an earlier registration: the service takes the connector for another',
  proves: 'server/clean-reinstall',
  site: documentedSite(),
  change: serverFacts('trust settings of an earlier registration', { 'trust-settings': 'left-over' }, [
    { kind: 'cloud', service: 'data', detail: "another connector's request" },
  ]),
  script: {
    control: [
      ...steps.operate(
        server,
        'install',
        'sign-in',
        'register',
        'sign-in',
        'register',
        'bootstrap',
        'listen',
      ),
      ...visit,
    ],
    change: [...steps.operate(server, 'bootstrap', 'listen'), ...visit],
    restore: [...steps.operate(server, 'bootstrap', 'listen'), ...visit],
  },
  expect: [
    results.bootstrap.httpUnauthorized({ host: '*.bootstrap.msappproxy.net', port: 443 }),
    results.listen.ok(),
    results.deliver.refusedByService({ host: '*.connector.msappproxy.net', port: 443 }),
    user.visits(intranet).gets('gateway-timeout'),
  ],
});
