import { documentedSite, hostRule, inspectTls, results, scenarios } from '../../harness/index.js';

const relay = '*.servicebus.windows.net';
const list = 'pki.contoso.test';

/**
 * Forged certificates of an authority that the server trusts, for the one host that asks for no certificate. A
 * connector that insists on revocation asks the list that they name, inside the customer's network.
 */
export default scenarios(
  [
    {
      row: 'its list is there',
      what: 'names a list that can be fetched: signalling works',
      closed: [],
      seen: [results.listen.ok(), results.deliver.ok()],
    },
    {
      row: 'its list is closed',
      what: 'names a list that a firewall closes: its revocation cannot be checked',
      closed: [hostRule({ deny: list })],
      seen: [
        results.listen.tlsRevocationOffline({ host: relay, device: 'host-firewall', rule: `deny ${list}` }),
        results.deliver.notAttempted(),
        // Asked anew are the hosts that were trusted, and this one was not.
        results.revocationCheck.ok(),
        results.revocationCheck.tcpDrop({
          host: list,
          port: 80,
          device: 'host-firewall',
          rule: `deny ${list}`,
        }),
      ],
    },
  ],
  ({ row, what, closed, seen }) => ({
    row,
    title: `A forged certificate that the server trusts ${what}`,
    proves: 'tls/no-inspection',
    site: documentedSite({ servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] }),
    change: [inspectTls({ 'trusted-by-server': true, only: [relay] }), ...closed],
    expect: [results.bootstrap.ok(), ...seen],
  }),
);
