import { documentedSite, results, scenarios, serverFacts } from '../../harness/index.js';

/** Who signs in at the installer decides; a second administrator is the control. */
export default scenarios(
  [
    {
      row: 'user without a role',
      by: 'mira@contoso.test',
      seen: [
        results.signIn.ok(),
        results.register.refusedByService({ host: '*.registration.msappproxy.net' }),
      ],
      what: 'registration is denied',
    },
    {
      row: 'administrator of another directory',
      by: 'admin@fabrikam.test',
      seen: [results.signIn.refusedByService({ host: 'login.microsoftonline.com' })],
      what: 'the directory does not know the account',
    },
    {
      row: 'application administrator',
      by: 'ada@contoso.test',
      seen: [results.signIn.ok(), results.register.ok(), results.bootstrap.ok()],
      what: 'that is enough',
    },
  ],
  ({ row, by, seen, what }) => ({
    row,
    title: `The connector is registered by ${by}, ${row}: ${what}`,
    proves: 'tenant/registering-administrator',
    site: documentedSite({
      tenant: {
        users: [
          { name: 'admin@contoso.test', roles: ['global-administrator'] },
          { name: 'ada@contoso.test', roles: ['application-administrator'] },
          { name: 'mira@contoso.test' },
        ],
      },
    }),
    change: serverFacts(`registered by ${by}`, { 'registered-by': by }, [
      { kind: 'attempt', operation: 'sign-in' },
    ]),
    expect: seen,
  }),
);
