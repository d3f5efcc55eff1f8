import { documentedSite, inspectTls, results, scenario, user } from '../../harness/index.js';

/** Holds only: the server does not even trust the inspector, and nothing of the connector's meets it. */
export default scenario({
  title: "Exempting the connector's hosts is enough: everything else may be inspected",
  proves: 'tls/bypass-suffices',
  site: documentedSite(),
  change: inspectTls({
    except: ['*.msappproxy.net', '*.servicebus.windows.net'],
    only: ['*.msappproxy.net', '*.servicebus.windows.net', '*.contoso.test'],
  }),
  expect: [
    results.register.ok(),
    results.bootstrap.ok(),
    results.listen.ok(),
    results.deliver.ok(),
    results.renew.ok(),
    user.visits('https://intranet-contoso.msappproxy.net/').gets('application'),
  ],
});
