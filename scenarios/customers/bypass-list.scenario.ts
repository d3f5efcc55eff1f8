import { documentedFirewall, documentedSite, results, scenario, serverFacts } from '../../harness/index.js';

const way = { device: 'edge-firewall', rule: 'default drop' } as const;

/** A bypass list is a promise that the way past the proxy is open. The edge lets only the proxy out. */
export default scenario({
  title:
    'The bypass list of the system stack has *.digicert.com: revocation lists go past the proxy, and are dropped',
  proves: ['hidden/proxy-for-every-stack', 'ports/outbound-80'],
  site: documentedSite({
    servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }],
    proxy: { address: 'proxy.contoso.test:8080' },
    firewall: {
      default: 'drop',
      rules: documentedFirewall('public').rules.map((rule) => ({ ...rule, from: 'proxy' })),
    },
  }),
  change: serverFacts(
    'the system stack goes past the proxy to *.digicert.com',
    { 'proxy-settings': { system: { bypass: ['*.digicert.com'] } } },
    [{ kind: 'decision', ...way }],
  ),
  expect: [
    results.bootstrap.tlsRevocationOffline({ host: '*.bootstrap.msappproxy.net', ...way }),
    results.revocationCheck.tcpDrop({ host: '*.digicert.com', port: 80, ...way }),
  ],
});
