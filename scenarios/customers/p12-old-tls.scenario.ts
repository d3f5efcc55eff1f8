import { documentedSite, results, scenario, serverFacts } from '../../harness/index.js';

/** P12: TLS 1.2 was never switched on. Names, ports and rules are all as documented. */
export default scenario({
  title:
    'TLS 1.2 is not switched on: every handshake ends before a certificate is seen, and no device is blamed',
  proves: 'hidden/tls12',
  site: documentedSite(),
  change: serverFacts('TLS 1.1 at most', { tls: '1.1' }, [
    { kind: 'attempt', outcome: 'tls-protocol-version' },
  ]),
  expect: [
    results.register.tlsProtocolVersion({ port: 443 }),
    results.bootstrap.tlsProtocolVersion({ host: '*.bootstrap.msappproxy.net', port: 443 }),
    results.listen.tlsProtocolVersion({ host: '*.servicebus.windows.net', port: 443 }),
  ],
});
