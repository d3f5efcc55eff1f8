import { documentedSite, narrowLine, network, results, scenario } from '../../harness/index.js';

const server = 'app-proxy-01';

/** P24: a line carries 1400 bytes, and the ICMP that would say so is blocked. The documented port test passes. */
export default scenario({
  title: 'Large packets vanish on the way: ports are open, small requests pass, and TLS hangs',
  proves: 'hidden/path-mtu',
  site: documentedSite(),
  change: narrowLine(1400),
  expect: [
    network.from(server).reaches('login.microsoftonline.com', 443, 'ok'),
    results.bootstrap.tcpDrop({ device: 'link', rule: 'mtu 1400' }),
  ],
});
