import { denyHost, documentedSite, results, scenario, steps, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
const renewal = '*.renewtrust.msappproxy.net';
/** A service that is never restarted, and the user who comes when its first certificate has ended. */
const later = (time: '185d' | '155d') => [
  ...steps.operate(server, 'listen'),
  steps.pass(time),
  ...steps.operate(server, 'bootstrap'),
  steps.visit(intranet),
  ...steps.operate(server, 'deliver'),
];

/**
 * P15: the certificate is renewed while the service runs, and is then what every call shows. Where it is
 * not, the service refuses the one that has ended also at the data hosts. Timers are long, so that
 * months pass quickly, and the service's own certificates hold for a year.
 */
export default scenario({
  title:
    'After 185 days a service works with its renewed certificate; without one its deliveries are refused, too',
  proves: 'hidden/certificate-renewal',
  site: documentedSite({
    cloud: {
      timers: {
        ...{ 'bootstrap-interval': '15d', 'bootstrap-retry': '15d', 'renew-check': '10d' },
        ...{ 'renew-before-end': '30d', 'signalling-keep-alive': '50d' },
        ...{ 'signalling-lease': '365d', 'signalling-idle': '365d' },
      },
    },
  }),
  change: denyHost(renewal),
  script: {
    control: [...steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap'), ...later('185d')],
    change: later('155d'),
    restore: [
      ...steps.operate(server, 'sign-in', 'register', 'bootstrap', 'listen'),
      steps.visit(intranet),
      ...steps.operate(server, 'deliver'),
    ],
  },
  expect: [
    results.renew.tcpDrop({ device: 'edge-firewall', rule: `deny ${renewal}` }),
    results.bootstrap.httpUnauthorized({ host: '*.bootstrap.msappproxy.net', port: 443 }),
    results.listen.ok(),
    results.deliver.httpUnauthorized({ host: '*.connector.msappproxy.net', port: 443 }),
    user.visits(intranet).gets('connector-unauthorized'),
  ],
});
