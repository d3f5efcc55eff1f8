import { documentedSite, proxySettings, results, scenario } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';

/** P4: service accounts cannot answer a challenge. */
export default scenario({
  title: 'The proxy asks for a name and password: the service accounts cannot answer',
  proves: 'hidden/proxy-no-authentication',
  site: documentedSite({ proxy: { address } }),
  change: proxySettings('basic authentication', { address, authentication: 'basic' }, 'authentication basic'),
  expect: [
    results.bootstrap.proxy407({ device: 'proxy', rule: 'authentication basic' }),
    results.listen.proxy407({ device: 'proxy', rule: 'authentication basic' }),
    results.renew.proxy407({ device: 'proxy', rule: 'authentication basic' }),
    results.revocationCheck.proxy407({ device: 'proxy', rule: 'authentication basic' }),
  ],
});
