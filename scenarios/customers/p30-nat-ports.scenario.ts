import { documentedSite, natPorts, results, scenario, steps } from '../../harness/index.js';

const servers = ['app-proxy-01', 'app-proxy-02', 'app-proxy-03'];
const namespace = '*.servicebus.windows.net';
const everybody = (...operations: Parameters<typeof steps.operate>[1][]) =>
  servers.flatMap((server) => steps.operate(server, ...operations));

/**
 * P30: one public address, and address translation that has two ports for a destination. Control
 * connections stay open, so that the third connector gets no answer; anybody else's third connection to
 * one place would get none either.
 */
export default scenario({
  title: 'Address translation runs out of ports for one destination: whoever comes last gets no answer',
  proves: 'hidden/nat-ports',
  site: documentedSite({ servers: servers.map((name) => ({ name })), link: { 'nat-ports': 600 } }),
  change: natPorts(2),
  script: {
    control: everybody('install', 'sign-in', 'register', 'bootstrap', 'listen'),
    change: everybody('listen'),
    restore: everybody('listen'),
  },
  expect: [
    results.listen.ok({ server: servers[0] }),
    results.listen.tcpDrop({ server: servers[2], host: namespace, device: 'link', rule: 'nat-ports 2' }),
  ],
});
