import {
  applicationCertificate,
  documentedSite,
  portal,
  results,
  scenarios,
  user,
} from '../../harness/index.js';

const external = 'https://intranet-contoso.msappproxy.net/';
const published = { name: 'Intranet', external, internal: 'https://intranet.contoso.test/' };
const host = 'intranet.contoso.test';

/** In the control an authority of the customer's own has signed it, which the servers trust. */
export default scenarios(
  [
    {
      row: 'expired',
      what: 'has expired',
      seen: results.deliver.tlsExpired({
        ...{ host, port: 443, device: 'application-host', rule: 'certificate expired' },
      }),
    },
    {
      row: 'self-signed',
      what: 'is signed by nobody else',
      seen: results.deliver.tlsUntrustedIssuer({
        ...{ host, port: 443, device: 'application-host', rule: 'certificate self-signed' },
      }),
    },
    {
      row: 'wrong-name',
      what: 'is for another name',
      seen: results.deliver.tlsUntrustedIssuer({
        ...{ host, port: 443, device: 'application-host', rule: 'certificate wrong-name' },
      }),
    },
  ] as const,
  ({ row, what, seen }) => ({
    row,
    title: `The certificate of an https application ${what}: bad gateway for users, connector stays active`,
    proves: 'server/reaches-application',
    site: documentedSite({ applications: [published] }),
    change: applicationCertificate(row),
    expect: [
      results.listen.ok(),
      seen,
      portal.connector('app-proxy-01').isActive(),
      user.visits(external).gets('bad-gateway'),
    ],
  }),
);
