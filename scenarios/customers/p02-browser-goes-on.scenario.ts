import { denyHost, documentedSite, results, scenario } from '../../harness/index.js';

const responder = 'ocsp.msocsp.com';

/** P2: browsers go on without an answer, so that somebody who signs in at the server sees nothing of a closed port 80. */
export default scenario({
  title: 'The responder of the sign-in page is closed: whoever signs in there notices nothing',
  proves: ['hosts/ocsp.msocsp.com/80', 'ports/outbound-80'],
  site: documentedSite({ servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] }),
  change: denyHost(responder),
  expect: [
    results.signIn.ok(),
    results.register.ok(),
    results.bootstrap.ok(),
    results.revocationCheck.tcpDrop({
      host: responder,
      port: 80,
      device: 'edge-firewall',
      rule: `deny ${responder}`,
    }),
  ],
});
