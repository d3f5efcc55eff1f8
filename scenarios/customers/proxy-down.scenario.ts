import { documentedSite, hostRule, results, scenario } from '../../harness/index.js';

/** A firewall on the server closes the way to the proxy; the internet is not even tried. */
export default scenario({
  title: 'The proxy cannot be reached from the server: nothing of the service can',
  proves: 'ports/outbound-443',
  site: documentedSite({ proxy: { address: 'proxy.contoso.test:8080' } }),
  change: hostRule({ deny: 'proxy.contoso.test' }),
  expect: [
    results.bootstrap.proxyUnreachable({ device: 'host-firewall', rule: 'deny proxy.contoso.test' }),
    results.listen.proxyUnreachable({ device: 'host-firewall', rule: 'deny proxy.contoso.test' }),
    results.revocationCheck.proxyUnreachable({ device: 'host-firewall', rule: 'deny proxy.contoso.test' }),
  ],
});
