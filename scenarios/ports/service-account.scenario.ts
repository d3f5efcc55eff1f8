import { denyAccount, documentedSite, results, scenarios } from '../../harness/index.js';

/** P6: the administrator's browser works on the same server, so the port test passes. */
export default scenarios(
  [
    {
      row: 'network-service 443',
      change: denyAccount('network-service', { port: 443 }),
      rule: 'deny any port 443 account network-service',
      seen: (rule: string) => [
        results.signIn.ok(),
        results.bootstrap.tcpDrop({ device: 'host-firewall', rule, port: 443 }),
        results.listen.tcpDrop({ device: 'host-firewall', rule, port: 443 }),
      ],
    },
    {
      row: 'network-service 80',
      change: denyAccount('network-service', { port: 80 }),
      rule: 'deny any port 80 account network-service',
      seen: (rule: string) => [
        results.signIn.ok(),
        results.bootstrap.tlsRevocationOffline({ device: 'host-firewall', rule }),
        results.revocationCheck.tcpDrop({ device: 'host-firewall', rule, port: 80 }),
      ],
    },
    {
      row: 'own account 443',
      own: 'CONTOSO\\svc-connector$' as const,
      change: denyAccount('CONTOSO\\svc-connector$', { port: 443 }),
      rule: 'deny any port 443 account CONTOSO\\svc-connector$',
      seen: (rule: string) => [
        results.signIn.ok(),
        results.bootstrap.tcpDrop({ device: 'host-firewall', rule, port: 443 }),
        results.update.ok(),
      ],
    },
    {
      row: 'local-system 443',
      change: denyAccount('local-system', { port: 443 }),
      rule: 'deny any port 443 account local-system',
      seen: (rule: string) => [
        results.bootstrap.ok(),
        results.listen.ok(),
        results.update.tcpDrop({ device: 'host-firewall', rule, port: 443 }),
      ],
    },
  ],
  ({ row, own, change, rule, seen }) => ({
    row,
    title: `The host firewall closes ${row}: what runs as another account still works`,
    proves: row.startsWith('local-system')
      ? ['server/updater', 'ports/service-account']
      : 'ports/service-account',
    site: documentedSite({
      servers: [
        { name: 'app-proxy-01', revocation: 'hard-fail', ...(own && { services: { connector: own } }) },
      ],
    }),
    change,
    expect: seen(rule),
  }),
);
