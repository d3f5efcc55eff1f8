import { documentedSite, proxySettings, results, scenario } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';

/** The firewall is not the only list: the proxy has one of its own. */
export default scenario({
  title: "The proxy's own allow list lacks the signalling hosts: it refuses CONNECT",
  proves: 'hosts/service',
  site: documentedSite({ proxy: { address } }),
  change: proxySettings('deny *.servicebus.windows.net', {
    address,
    rules: [{ deny: '*.servicebus.windows.net' }],
  }),
  expect: [
    results.bootstrap.ok(),
    results.listen.proxy403({
      host: '*.servicebus.windows.net',
      device: 'proxy',
      rule: 'deny *.servicebus.windows.net',
    }),
  ],
});
