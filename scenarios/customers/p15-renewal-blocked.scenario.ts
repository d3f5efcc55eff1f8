import { denyHost, documentedSite, eventLog, results, scenario, steps } from '../../harness/index.js';

const server = 'app-proxy-01';

/**
 * P15: renewal has a host of its own. Everything works for months, until the certificate ends; then
 * only a new registration helps. The bootstrap interval is a day, so that 200 days pass quickly.
 */
export default scenario({
  title:
    'The renewal host is blocked: after 180 days the certificate has ended and the service refuses the connector',
  proves: 'hidden/certificate-renewal',
  site: documentedSite({
    cloud: {
      timers: {
        'bootstrap-interval': '1d',
        'bootstrap-retry': '1d',
        'renew-check': '1d',
        'renew-before-end': '30d',
      },
    },
  }),
  change: denyHost('*.renewtrust.msappproxy.net'),
  script: {
    change: [...steps.operate(server, 'renew'), steps.pass('200d'), ...steps.operate(server, 'bootstrap')],
    restore: steps.operate(server, 'sign-in', 'register', 'bootstrap', 'renew'),
  },
  expect: [
    results.renew.tcpDrop({ device: 'edge-firewall', rule: 'deny *.renewtrust.msappproxy.net' }),
    results.bootstrap.httpUnauthorized({ host: '*.bootstrap.msappproxy.net' }),
    eventLog.has('certificate', 1000),
  ],
});
