import { documentedSite, inspectTls, results, scenario, user } from '../../harness/index.js';

const data = '*.connector.msappproxy.net';

/** Some products show a certificate of their own in the client's place. The service knows its issuer not. */
export default scenario({
  title:
    'Inspection shows the data hosts a certificate of its own: the service does not take it for the connector’s',
  proves: 'tls/no-inspection',
  site: documentedSite(),
  change: inspectTls({ 'trusted-by-server': true, only: [data], 'client-certificate': 'own' }),
  expect: [
    results.listen.ok(),
    results.deliver.httpUnauthorized({ host: data, port: 443, device: 'inspector', rule: `inspect ${data}` }),
    user.visits('https://intranet-contoso.msappproxy.net/').gets('connector-unauthorized'),
  ],
});
