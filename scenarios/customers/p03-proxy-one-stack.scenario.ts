import { documentedFirewall, documentedSite, proxySettings, results, scenario } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';

/**
 * P3: the service reads the proxy from its own file, the system stack that fetches revocation lists
 * from another place. The edge lets only the proxy out.
 */
export default scenario({
  title: 'Only the service stack uses the proxy: revocation lists are fetched directly, and dropped',
  proves: ['hidden/proxy-for-every-stack', 'ports/outbound-80'],
  site: documentedSite({
    servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }],
    proxy: { address },
    firewall: {
      default: 'drop',
      rules: documentedFirewall('public').rules.map((rule) => ({ ...rule, from: 'proxy' })),
    },
  }),
  change: proxySettings('used by all but the system stack', {
    address,
    'used-by': ['service', 'tunnel', 'updater', 'browser'],
  }),
  expect: [
    results.bootstrap.tlsRevocationOffline({ device: 'edge-firewall', rule: 'default drop' }),
    results.revocationCheck.tcpDrop({ port: 80, device: 'edge-firewall', rule: 'default drop' }),
  ],
});
