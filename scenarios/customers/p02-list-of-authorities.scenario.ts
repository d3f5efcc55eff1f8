import { denyHost, documentedSite, results, scenario } from '../../harness/index.js';

const host = '*.bootstrap.msappproxy.net';
const list = 'crl3.digicert.com';
const by = { device: 'edge-firewall', rule: `deny ${list}` } as const;

/**
 * P2: the service's own certificate is looked up at another host, which is open. The list of its authority's
 * certificate is not, and a connector that insists on revocation asks for every certificate of a chain.
 */
export default scenario({
  title: 'The list of an authority’s own certificate is closed: every handshake of its chain is refused',
  proves: ['hosts/crl3.digicert.com/80', 'hosts/revocation'],
  site: documentedSite({ servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] }),
  change: denyHost(list),
  expect: [
    results.bootstrap.tlsRevocationOffline({ host, ...by }),
    results.revocationCheck.tcpDrop({ host: list, port: 80, ...by }),
  ],
});
