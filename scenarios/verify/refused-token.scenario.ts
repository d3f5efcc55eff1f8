import { cloudFault, documentedSite, portal, results, scenario, user } from '../../harness/index.js';

const namespaces = '*.servicebus.windows.net';

/** The relay takes no token that another key has signed than its own. */
export default scenario({
  title: 'The relay’s keys are others than bootstrap says: tokens are refused, and the label stays green',
  proves: 'verify/active-is-not-proof',
  site: documentedSite(),
  change: cloudFault('relay-keys-changed', namespaces),
  expect: [
    results.bootstrap.ok(),
    results.listen.httpUnauthorized({
      host: namespaces,
      port: 443,
      device: 'cloud',
      rule: 'relay-keys-changed',
    }),
    results.deliver.notAttempted(),
    portal.connector('app-proxy-01').isActive(),
    user.visits('https://intranet-contoso.msappproxy.net/').gets('gateway-timeout'),
  ],
});
