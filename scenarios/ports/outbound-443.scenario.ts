import { denyPort, documentedSite, results, scenarios, user } from '../../harness/index.js';

/** Silence looks like a timeout, a refusal like a refusal: the firewall's manner decides. */
export default scenarios(
  [
    { row: 'drop', action: 'deny', result: 'tcpDrop' },
    { row: 'reject', action: 'reject', result: 'tcpReject' },
    { row: 'reset', action: 'reset', result: 'tcpReset' },
  ] as const,
  ({ row, action, result }) => {
    const by = { device: 'edge-firewall', rule: `${action} any port 443`, port: 443 } as const;
    return {
      row,
      title: `Port 443 closed (${row}): registration, bootstrap and signalling all fail, and users are turned away`,
      proves: 'ports/outbound-443',
      site: documentedSite(),
      change: denyPort(443, { action }),
      expect: [
        results.register[result](by),
        results.bootstrap[result](by),
        results.listen[result](by),
        results.deliver.notAttempted(),
        user.visits('https://intranet-contoso.msappproxy.net/').gets('gateway-timeout'),
      ],
    };
  },
);
