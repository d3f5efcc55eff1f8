import { denyHost, documentedSite, results, scenario } from '../../harness/index.js';

const list = '*.windowsupdate.com';
const by = { device: 'edge-firewall', rule: `deny ${list}` } as const;

/** P13: the server has old roots, and fetches what it lacks from the root list as long as that is open. */
export default scenario({
  title: 'The root list is closed to a server with old roots: no chain is trusted, and nothing inspects',
  proves: ['hosts/ctldl.windowsupdate.com/80', 'hosts/registration-http'],
  site: documentedSite({ servers: [{ name: 'app-proxy-01', roots: 'stale' }] }),
  change: denyHost(list),
  expect: [
    results.bootstrap.tlsUntrustedIssuer({ host: '*.bootstrap.msappproxy.net', port: 443, ...by }),
    results.bootstrap.tcpDrop({ host: 'ctldl.windowsupdate.com', port: 80, ...by }),
  ],
});
