import {
  administrator,
  documentedSite,
  portal,
  results,
  scenario,
  siteChange,
  steps,
  user,
} from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
const makes = { action: 'create-group', group: 'Finance' } as const;
const chooses = { action: 'move-connector', connector: server, group: 'Finance' } as const;
const foreign = { action: 'move-connector', connector: 'fabrikam-proxy-01', group: 'Finance' } as const;
const assigns = { action: 'assign-application', application: 'Intranet', group: 'Finance' } as const;
const work = [
  ...[makes, chooses, foreign, assigns].map((what) => steps.administer(what)),
  steps.visit(intranet),
  ...steps.operate(server, 'deliver'),
  steps.viewPortal(server),
];

/** Through the directory's interface, as an administrator's program would. */
export default scenario({
  title:
    'A group is made by name from chosen connectors and carries traffic; a name that is taken and a foreign connector are refused',
  proves: 'groups/create',
  site: documentedSite(),
  change: siteChange(
    'connector-groups: there is a group Finance already',
    (site) => ({ ...site, 'connector-groups': [{ name: 'Finance', servers: [] }] }),
    [{ kind: 'administration', outcome: 'Conflict' }],
  ),
  script: {
    control: [...steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap', 'listen'), ...work],
    change: [...steps.operate(server, 'listen'), ...work],
    restore: [...steps.operate(server, 'listen'), ...work],
  },
  control: [
    administrator.does(foreign).gets('Request_ResourceNotFound'),
    portal.connector(server).isActive({ group: 'Finance' }),
  ],
  restore: [
    administrator.does(foreign).gets('Request_ResourceNotFound'),
    portal.connector(server).isActive({ group: 'Finance' }),
  ],
  expect: [
    administrator.does(makes).gets('Conflict'),
    administrator.does(chooses).gets('done'),
    administrator.does(foreign).gets('Request_ResourceNotFound'),
    administrator.does(assigns).gets('done'),
    results.deliver.ok(),
    user.visits(intranet).gets('application'),
    portal.connector(server).isActive({ group: 'Finance' }),
  ],
});
