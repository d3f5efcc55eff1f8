import { cloudFault, documentedSite, results, scenario, user } from '../../harness/index.js';

const data = '*.connector.msappproxy.net';

/** Certificates of the data hosts name a responder and no list: only its word says that they are revoked. */
export default scenario({
  title: 'The responder says that a data host’s certificate was revoked: the connector sends nothing there',
  proves: 'hosts/revocation',
  site: documentedSite(),
  change: cloudFault('certificate-revoked', data),
  expect: [
    results.listen.ok(),
    results.deliver.tlsRevoked({ host: data, port: 443, device: 'cloud', rule: 'certificate-revoked' }),
    user.visits('https://intranet-contoso.msappproxy.net/').gets('gateway-timeout'),
  ],
});
