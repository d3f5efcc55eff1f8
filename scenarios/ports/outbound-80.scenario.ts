import { denyPort, documentedSite, results, scenarios } from '../../harness/index.js';

/**
 * Revocation lists come over port 80. What their absence does is the client's choice: the .NET part
 * seems to go on after waiting, the newer data plane to refuse (connector-facts 5.3), so
 * that both profiles are proved.
 */
export default scenarios(
  [
    { row: 'hard-fail, drop', revocation: 'hard-fail', action: 'deny', result: 'tcpDrop' },
    { row: 'hard-fail, reject', revocation: 'hard-fail', action: 'reject', result: 'tcpReject' },
    { row: 'soft-fail, drop', revocation: 'soft-fail', action: 'deny', result: 'tcpDrop' },
    { row: 'soft-fail, reject', revocation: 'soft-fail', action: 'reject', result: 'tcpReject' },
  ] as const,
  ({ row, revocation, action, result }) => {
    const by = { device: 'edge-firewall', rule: `${action} any port 80` } as const;
    return {
      row,
      title:
        revocation === 'hard-fail'
          ? `Port 80 closed, ${row}: revocation cannot be checked and the handshake is refused`
          : `Port 80 closed, ${row}: revocation cannot be checked; the service is still reached, slowly`,
      proves: 'ports/outbound-80',
      site: documentedSite({ servers: [{ name: 'app-proxy-01', revocation }] }),
      change: denyPort(80, { action }),
      expect: [
        revocation === 'hard-fail'
          ? results.bootstrap.tlsRevocationOffline({ host: '*.bootstrap.msappproxy.net', ...by })
          : results.bootstrap.ok(),
        results.revocationCheck[result]({ port: 80, ...by }),
      ],
    };
  },
);
