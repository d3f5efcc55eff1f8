import { applicationCertificate, documentedSite, results, scenarios, user } from '../../harness/index.js';

const external = 'https://intranet-contoso.msappproxy.net/';

/** "Validate Backend SSL certificate" is off: no certificate of an application stops a connector. */
export default scenarios(
  (['expired', 'self-signed', 'wrong-name'] as const).map((row) => ({ row })),
  ({ row }) => ({
    row,
    title: `Without validation of the backend's certificate one that is ${row} does not matter`,
    proves: 'server/reaches-application',
    site: documentedSite({
      applications: [
        {
          name: 'Intranet',
          external,
          internal: 'https://intranet.contoso.test/',
          'validate-backend-certificate': false,
        },
      ],
    }),
    change: applicationCertificate(row),
    expect: [results.deliver.ok(), user.visits(external).gets('application')],
  }),
);
