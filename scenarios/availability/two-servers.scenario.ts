import { documentedSite, portal, type Step, scenarios, siteChange, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const [first, second] = ['app-proxy-01', 'app-proxy-02'] as const;
const manyVisits = Array.from({ length: 4 }, (): Step => ({ do: 'visit', url: intranet }));
const operate = (
  server: string,
  ...operations: ('install' | 'sign-in' | 'register' | 'bootstrap' | 'listen')[]
) => operations.map((operation): Step => ({ do: 'operate', server, operation }));
const look = (server: string): Step => ({ do: 'view-portal', connector: server });

/** A server goes down while users are at work. The site is the same; the change is what befalls it. */
export default scenarios(
  [
    {
      row: 'two servers',
      servers: [first, second],
      page: 'application',
      what: 'the other carries everything',
    },
    { row: 'one server', servers: [first], page: 'gateway-timeout', what: 'every request is lost' },
  ] as const,
  ({ row, servers, page, what }) => ({
    row,
    title: `With ${row}, one of them goes down: ${what}`,
    proves: 'availability/two-servers',
    site: documentedSite({ servers: servers.map((name) => ({ name })) }),
    change: siteChange(`${first}: down`, (site) => site, [
      { kind: 'service', service: 'connector', machine: first },
    ]),
    script: {
      control: [
        ...servers.flatMap((server) =>
          operate(server, 'install', 'sign-in', 'register', 'bootstrap', 'listen'),
        ),
        ...manyVisits,
        ...servers.map(look),
      ],
      change: [
        ...servers.flatMap((server) => operate(server, 'listen')),
        { do: 'service', server: first, service: 'connector', to: 'stop' },
        ...manyVisits,
        { do: 'pass', ms: 30 * 60_000 },
        ...servers.map(look),
      ],
      restore: [
        ...servers.flatMap((server) => operate(server, 'bootstrap', 'listen')),
        ...manyVisits,
        ...servers.map(look),
      ],
    },
    expect: [
      user.visits(intranet).alwaysGets(page),
      portal.connector(first).isInactive(),
      ...servers.slice(1).map((server) => portal.connector(server).isActive()),
    ],
  }),
);
