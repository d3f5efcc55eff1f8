import { documentedSite, results, scenario, siteChange, user } from '../../harness/index.js';

const [mira, noor] = ['mira@contoso.test', 'noor@contoso.test'] as const;

const siteFor = (users: string[]) =>
  documentedSite({
    tenant: {
      users: [
        { name: 'admin@contoso.test', roles: ['global-administrator'] },
        { name: mira },
        { name: noor },
      ],
    },
    'private-access': {
      applications: [{ name: 'Ledger', users, segments: [{ to: 'ledger.contoso.test', ports: 3200 }] }],
      resources: [{ host: 'ledger.contoso.test', ports: [3200] }],
    },
  });

/** Quick Access is assigned to everybody; the application is not in it. */
export default scenario({
  title: 'A user is no longer assigned to the application: she is refused, another user is not',
  proves: 'access/per-app',
  site: siteFor([mira, noor]),
  change: siteChange(`Ledger: ${mira} not assigned`, () => siteFor([noor]), [
    { kind: 'cloud', service: 'private-access', detail: `${mira} is not assigned to Ledger` },
  ]),
  expect: [
    results.tunnel.ok(),
    user.connects('ledger.contoso.test', 3200, { user: mira }).gets('refused-by-service'),
    user.connects('ledger.contoso.test', 3200, { user: noor }).gets('ok'),
  ],
});
