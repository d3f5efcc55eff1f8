import {
  administrator,
  documentedSite,
  results,
  type Site,
  scenarios,
  siteChange,
  steps,
  user,
} from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const ada = 'ada@contoso.test';
const publishes = { action: 'publish', application: 'Intranet' } as const;
const server = 'app-proxy-01';
const work = [steps.administer(publishes, ada), steps.visit(intranet, 'mira@contoso.test')];
const tenant = (change: (tenant: Site['tenant']) => Partial<Site['tenant']>) => (site: Site) => ({
  ...site,
  tenant: { ...site.tenant, ...change(site.tenant) },
});

/** The application is there, and not published before an administrator has done so. */
export default scenarios(
  [
    {
      row: 'no licence',
      proves: 'tenant/premium-p1',
      what: 'the tenant has no Premium licence',
      apply: tenant(() => ({ licence: 'free' })),
    },
    {
      row: 'no role',
      proves: 'tenant/application-administrator',
      what: 'who publishes is no Application Administrator',
      apply: tenant(({ users }) => ({
        users: users.map((one) => (one.name === ada ? { ...one, roles: [] } : one)),
      })),
    },
  ],
  ({ row, proves, what, apply }) => ({
    row,
    title: `Publishing is refused: ${what}; users find nothing`,
    proves,
    site: documentedSite({
      tenant: {
        licence: 'premium-p1',
        users: [
          { name: 'admin@contoso.test', roles: ['global-administrator'] },
          { name: ada, roles: ['application-administrator'] },
          { name: 'mira@contoso.test' },
        ],
      },
      applications: [
        { name: 'Intranet', external: intranet, internal: 'http://intranet.contoso.test/', published: false },
      ],
    }),
    change: siteChange(`tenant: ${what}`, apply, [
      { kind: 'administration', outcome: 'Authorization_RequestDenied' },
    ]),
    script: {
      control: [...steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap', 'listen'), ...work],
      change: [...steps.operate(server, 'listen'), ...work],
      restore: [...steps.operate(server, 'listen'), ...work],
    },
    expect: [
      results.listen.ok(),
      administrator.does(publishes, ada).gets('Authorization_RequestDenied'),
      user.visits(intranet, 'mira@contoso.test').gets('not-found'),
    ],
  }),
);
