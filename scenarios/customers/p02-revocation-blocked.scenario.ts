import { denyHost, documentedSite, results, scenario } from '../../harness/index.js';

/** P2: "we only allow HTTPS" closes the OCSP responder; nothing fails, everything is slow. */
export default scenario({
  title: 'The OCSP responder is blocked: data calls go on after a wait for each check',
  proves: ['hosts/revocation', 'ports/outbound-80'],
  site: documentedSite(),
  change: denyHost('ocsp.digicert.com'),
  expect: [
    results.listen.ok(),
    results.deliver.ok(),
    results.revocationCheck.tcpDrop({
      host: 'ocsp.digicert.com',
      port: 80,
      device: 'edge-firewall',
      rule: 'deny ocsp.digicert.com',
    }),
  ],
});
