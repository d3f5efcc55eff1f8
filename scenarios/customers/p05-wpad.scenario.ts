import { documentedSite, results, scenario, siteChange } from '../../harness/index.js';

const file = 'function FindProxyForURL(url, host) { return "PROXY guest-proxy.contoso.test:3128"; }';

/** P5: Windows detects a proxy by the name `wpad`, which nobody remembers. */
export default scenario({
  title: 'A host wpad names a proxy that is gone: what needed no proxy yesterday finds no way out',
  proves: 'hidden/proxy-for-every-stack',
  site: documentedSite(),
  change: siteChange(
    'wpad: gives a PAC file that names a proxy which is gone',
    (site) => ({ ...site, wpad: { file, 'used-by': ['browser', 'service', 'tunnel', 'updater', 'system'] } }),
    [{ kind: 'dns', outcome: 'dns-nxdomain', device: 'resolver' }],
  ),
  expect: [
    results.bootstrap.proxyUnreachable({ device: 'resolver' }),
    results.listen.proxyUnreachable({ device: 'resolver' }),
    results.revocationCheck.proxyUnreachable({ device: 'resolver' }),
  ],
});
