import { cloudFault, documentedSite, results, scenarios } from '../../harness/index.js';

/** The service itself is in trouble; the connector's side sees failures that no device of the site made. */
export default scenarios(
  [
    { fault: 'service-unavailable', what: 'answers 503', result: 'refusedByService' },
    { fault: 'throttled', what: 'says "too many requests"', result: 'refusedByService' },
    { fault: 'slow-body', what: 'begins an answer and does not end it in time', result: 'tcpDrop' },
    { fault: 'half-closed', what: 'takes the request and closes its half', result: 'tcpReset' },
  ] as const,
  ({ fault, what, result }) => ({
    row: fault,
    title: `The service ${what}: the connector's reports fail, and no device is blamed`,
    proves: 'verify/active-label',
    site: documentedSite(),
    change: cloudFault(fault, '*.bootstrap.msappproxy.net'),
    expect: [results.bootstrap[result]({ host: '*.bootstrap.msappproxy.net', device: 'cloud', rule: fault })],
  }),
);
