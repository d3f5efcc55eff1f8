import { documentedSite, portal, scenarios, siteChange, steps, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const [first, second] = ['app-proxy-01', 'app-proxy-02'] as const;
const manyVisits = Array.from({ length: 4 }, () => steps.visit(intranet));

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
          steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap', 'listen'),
        ),
        ...manyVisits,
        ...servers.map(steps.viewPortal),
      ],
      change: [
        ...servers.flatMap((server) => steps.operate(server, 'listen')),
        steps.service(first, 'connector', 'stop'),
        ...manyVisits,
        steps.pass('2h'),
        ...servers.map(steps.viewPortal),
      ],
      restore: [
        ...servers.flatMap((server) => steps.operate(server, 'bootstrap', 'listen')),
        ...manyVisits,
        ...servers.map(steps.viewPortal),
      ],
    },
    expect: [
      user.visits(intranet).alwaysGets(page),
      portal.connector(first).isInactive(),
      ...servers.slice(1).map((server) => portal.connector(server).isActive()),
    ],
  }),
);
