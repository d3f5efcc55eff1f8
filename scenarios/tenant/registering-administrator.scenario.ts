import { documentedSite, results, scenarios, serverFacts } from '../../harness/index.js';

const admin = { name: 'admin@contoso.test', roles: ['global-administrator' as const] };
const ada = { name: 'ada@contoso.test', roles: ['application-administrator' as const] };
const mira = { name: 'mira@contoso.test' };

/** Who signs in at the installer decides; the tenant's first administrator is the control. */
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
    {
      row: 'user without a role in 2026',
      by: 'mira@contoso.test',
      seen: [
        results.signIn.ok(),
        results.register.refusedByService({ host: '*.registration.msappproxy.net' }),
      ],
      what: 'registration is denied, and an Application Administrator is enough',
      edition: '2026-02-04',
    },
  ],
  ({ row, by, seen, what, edition }) => ({
    row,
    title: `The connector is registered by ${by}, ${row}: ${what}`,
    proves: 'tenant/registering-administrator',
    site: documentedSite({ edition, tenant: { users: edition ? [ada, mira] : [admin, ada, mira] } }),
    change: serverFacts(`registered by ${by}`, { 'registered-by': by }, [
      { kind: 'attempt', operation: 'sign-in' },
    ]),
    expect: seen,
  }),
);
