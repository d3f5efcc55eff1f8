import { documentedSite, nobody, results, scenario, siteChange, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';

/** The control has no pre-authentication, so that the same visitor gets through to the application. */
export default scenario({
  title: 'Pre-authentication: who has not signed in is sent away, and the application sees nothing',
  proves: 'tenant/preauthentication',
  site: documentedSite({
    applications: [
      {
        name: 'Intranet',
        external: intranet,
        internal: 'http://intranet.contoso.test/',
        'pre-authentication': false,
      },
    ],
  }),
  change: siteChange(
    'applications: pre-authentication',
    (site) => ({
      ...site,
      applications: site.applications.map((one) => ({ ...one, 'pre-authentication': true })),
    }),
    [{ kind: 'cloud', service: 'edge', detail: 'the user has to sign in first' }],
  ),
  expect: [
    results.listen.ok(),
    results.deliver.notAttempted(),
    user.visits(intranet, nobody).gets('sign-in'),
  ],
});
