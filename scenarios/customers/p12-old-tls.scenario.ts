import { documentedSite, results, scenarios, serverFacts } from '../../harness/index.js';

/**
 * P12: TLS 1.2 was never switched on. Names, ports and rules are all as documented. The page asks for it since
 * 2025; before that nobody said so.
 */
export default scenarios(
  [{ row: 'before 2025' }, { row: '2026', edition: '2026-02-04' }],
  ({ row, edition }) => ({
    row,
    title:
      'TLS 1.2 is not switched on: every handshake ends before a certificate is seen, and no device is blamed',
    proves: edition ? 'server/tls12' : 'hidden/tls12',
    site: documentedSite({ edition }),
    change: serverFacts('TLS 1.1 at most', { tls: '1.1' }, [
      { kind: 'attempt', outcome: 'tls-protocol-version' },
    ]),
    expect: [
      results.register.tlsProtocolVersion({ port: 443 }),
      results.bootstrap.tlsProtocolVersion({ host: '*.bootstrap.msappproxy.net', port: 443 }),
      results.listen.tlsProtocolVersion({ host: '*.servicebus.windows.net', port: 443 }),
    ],
  }),
);
