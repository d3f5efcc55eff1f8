import { documentedSite, results, scenarios, serverFact, user } from '../../harness/index.js';

const [payroll, wiki] = ['https://payroll-contoso.msappproxy.net/', 'https://wiki-contoso.msappproxy.net/'];
const applications = [
  {
    name: 'Payroll',
    external: payroll,
    internal: 'https://payroll.contoso.test/',
    'single-sign-on': 'kerberos' as const,
  },
  { name: 'Wiki', external: wiki, internal: 'https://wiki.contoso.test/' },
];

/** WinHTTP speaks HTTP/2 by itself from Windows Server 2019 on; before that the setting means nothing. */
export default scenarios(
  [
    { row: 'server-2019', windows: 'server-2019', fails: true },
    { row: 'server-2016', windows: 'server-2016', fails: false },
  ] as const,
  ({ row, windows, fails }) => ({
    row,
    title: fails
      ? 'HTTP/2 is on: an application that signs users in by Kerberos refuses them, and the others work over it'
      : 'HTTP/2 is on, and this Windows does not speak it: single sign-on by Kerberos works',
    proves: 'server/http2-for-kerberos',
    site: documentedSite({
      edition: '2025-02-21',
      applications,
      servers: [{ name: 'app-proxy-01', windows }],
    }),
    change: serverFact('http2-for-kerberos', { http2: true }),
    expect: [
      fails
        ? results.deliver.httpUnauthorized({ device: 'server', rule: 'http2-for-kerberos' })
        : results.deliver.ok(),
      user.visits(payroll).gets(fails ? 'forbidden' : 'application'),
      user.visits(wiki).gets('application'),
    ],
  }),
);
