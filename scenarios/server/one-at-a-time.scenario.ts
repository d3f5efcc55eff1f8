import {
  documentedSite,
  portal,
  type Site,
  type Step,
  scenarios,
  siteChange,
  steps,
} from '../../harness/index.js';

const [first, second] = ['app-proxy-01', 'app-proxy-02'] as const;
const [old, newest] = ['1.5.3417.0', '1.5.3437.0'] as const;
const both = (operation: 'bootstrap' | 'update') =>
  [first, second].flatMap((server) => steps.operate(server, operation));
/** After a restart of the service the version it then has reports. */
const round = [...both('bootstrap'), ...both('update'), ...both('bootstrap')];
const looks = [first, second].map((server): Step => steps.viewPortal(server));
const shows = (version: string) => [
  portal.connector(first).isActive({ version: newest }),
  portal.connector(second).isActive({ version }),
];
const grouped = (site: Site, ...groups: string[][]): Site => ({
  ...site,
  'connector-groups': groups.map((servers, index) => ({ name: `Group ${index + 1}`, servers })),
});
const site = documentedSite({ servers: [first, second].map((name) => ({ name, connector: old })) });

/** Both look for an update before either has restarted. Servers of groups of their own need not wait. */
export default scenarios(
  [
    { row: 'meanwhile', again: [], version: old, what: 'has to wait' },
    {
      row: 'afterwards',
      again: [both('update'), both('bootstrap')].flat(),
      version: newest,
      what: 'follows',
    },
  ],
  ({ row, again, version, what }) => ({
    row,
    title: `Two servers of one group look for an update: the second ${what}, and users keep a connector`,
    proves: 'server/updater',
    site: grouped(site, [first], [second]),
    change: siteChange('connector-groups: both in one', (one) => grouped(one, [first, second]), [
      { kind: 'cloud', detail: `${first} is being updated` },
    ]),
    script: {
      control: [
        ...[first, second].flatMap((server) => steps.operate(server, 'install', 'sign-in', 'register')),
        ...round,
        ...looks,
      ],
      change: [...round, ...again, ...looks],
      restore: [...round, ...looks],
    },
    expect: shows(version),
    control: shows(newest),
    restore: shows(newest),
  }),
);
