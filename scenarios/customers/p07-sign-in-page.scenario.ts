import { denyHost, documentedSite, results, scenarios } from '../../harness/index.js';

/** P7: the sign-in page itself loads; what makes it work comes from elsewhere. */
export default scenarios(
  [
    { host: 'aadcdn.msauth.net', id: 'hosts/*.msauth.net/443' },
    { host: 'aadcdn.msftauth.net', id: 'hosts/*.msftauth.net/443' },
  ],
  ({ host, id }) => ({
    row: host,
    title: `${host} blocked: the sign-in page stays blank and nothing can be registered`,
    proves: [id, 'hosts/registration'],
    site: documentedSite(),
    change: denyHost(host),
    expect: [
      results.signIn.tcpDrop({ host, port: 443, device: 'edge-firewall', rule: `deny ${host}` }),
      results.bootstrap.ok(),
    ],
  }),
);
