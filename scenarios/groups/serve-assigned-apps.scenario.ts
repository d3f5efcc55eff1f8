import { documentedSite, portal, results, scenario, siteChange, steps, user } from '../../harness/index.js';

const [first, second] = ['app-proxy-01', 'app-proxy-02'] as const;
const intranet = 'https://intranet-contoso.msappproxy.net/';
const payroll = 'https://payroll-contoso.msappproxy.net/';
const applications = [
  { name: 'Intranet', external: intranet, internal: 'http://intranet.contoso.test/', group: 'Office' },
  { name: 'Payroll', external: payroll, internal: 'http://payroll.contoso.test/', group: 'Finance' },
];

/** One connector in each of two groups; both listen all the time, and only the assignment changes. */
export default scenario({
  title:
    "An application is assigned to another group: its requests go to that group's connector, and none to the one before",
  proves: ['groups/serve-assigned-apps', 'verify/portal-lists-all'],
  site: documentedSite({
    servers: [{ name: first }, { name: second }],
    applications,
    'connector-groups': [
      { name: 'Office', servers: [first] },
      { name: 'Finance', servers: [second] },
    ],
  }),
  change: siteChange(
    'applications: Payroll assigned to the group Office',
    (site) => ({
      ...site,
      applications: site.applications.map((one) => ({ ...one, group: 'Office' })),
    }),
    [{ kind: 'application', application: 'Payroll' }],
  ),
  script: {
    change: [
      ...steps.operate(first, 'bootstrap', 'listen'),
      ...steps.operate(second, 'bootstrap', 'listen'),
      steps.visit(intranet),
      steps.visit(payroll),
      ...steps.operate(first, 'deliver'),
      ...steps.operate(second, 'deliver'),
      steps.viewPortal(first),
      steps.viewPortal(second),
    ],
  },
  expect: [
    results.deliver.ok({ server: first }),
    results.deliver.notAttempted({ server: second }),
    user.visits(intranet).gets('application'),
    user.visits(payroll).gets('application'),
    portal.connector(first).isActive({ group: 'Office' }),
    portal.connector(second).isActive({ group: 'Finance' }),
  ],
});
