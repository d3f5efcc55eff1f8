import { documentedSite, hostRule, portal, results, scenario, user } from '../../harness/index.js';

const application = 'intranet.contoso.test';

/** The proxy is the way to the service alone: applications inside are asked for directly, whatever the proxy is for. */
export default scenario({
  title:
    'A server may open connections to the proxy and nowhere else: the service works, applications do not',
  proves: 'server/reaches-application',
  site: documentedSite({ proxy: { address: 'proxy.contoso.test:8080' } }),
  change: hostRule({ deny: application }),
  expect: [
    results.listen.ok(),
    results.deliver.tcpDrop({ host: application, device: 'host-firewall', rule: `deny ${application}` }),
    portal.connector('app-proxy-01').isActive(),
    user.visits('https://intranet-contoso.msappproxy.net/').gets('bad-gateway'),
  ],
});
