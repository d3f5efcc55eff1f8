import { documentedSite, results, scenario, siteChange, steps, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const lena = 'lena@contoso.test';

/** The other user is the control in the same phase: the application and the connector are well. */
export default scenario({
  title: 'A user who is not in the directory cannot sign in: nothing of hers reaches the connector',
  proves: 'tenant/known-users',
  site: documentedSite({
    tenant: {
      users: [
        { name: 'admin@contoso.test', roles: ['global-administrator'] },
        { name: 'mira@contoso.test' },
        { name: lena },
      ],
    },
  }),
  change: siteChange(
    `tenant: without ${lena}`,
    (site) => ({
      ...site,
      tenant: { ...site.tenant, users: site.tenant.users.filter(({ name }) => name !== lena) },
    }),
    [
      {
        kind: 'cloud',
        service: 'sign-in',
        detail: `AADSTS50034: The user account ${lena} does not exist in the contoso.test directory. To sign into this application, the account must be added to the directory.`,
      },
    ],
  ),
  script: {
    change: [
      ...steps.operate('app-proxy-01', 'listen'),
      steps.visit(intranet, lena),
      ...steps.operate('app-proxy-01', 'deliver'),
    ],
  },
  expect: [results.listen.ok(), results.deliver.notAttempted(), user.visits(intranet, lena).gets('sign-in')],
});
