import { cloudFault, documentedSite, results, scenario, steps, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const url = 'https://intranet-contoso.msappproxy.net/';
const request = [steps.visit(url), ...steps.operate(server, 'deliver')];

/**
 * P26: the service closes listeners' connections after a day. Connectors come back at once, so that the
 * next request finds them. Their own lease (6 h) would be over first; here it is longer, as with agents
 * that have none.
 */
export default scenario({
  title:
    'The relay recycles every control connection after 24 hours: the connector comes back, no request is lost',
  proves: ['hosts/service', 'hosts/suffix-rules'],
  site: documentedSite({
    cloud: {
      timers: { 'bootstrap-interval': '6h', 'signalling-keep-alive': '30m', 'signalling-lease': '7d' },
    },
  }),
  change: cloudFault('relay-recycled', '*.servicebus.windows.net'),
  script: {
    change: [...steps.operate(server, 'listen'), ...request, steps.pass('25h'), ...request],
  },
  expect: [results.listen.ok(), results.deliver.ok(), user.visits(url).gets('application')],
});
