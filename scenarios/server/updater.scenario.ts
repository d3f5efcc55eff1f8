import { denyHost, documentedSite, portal, results, scenario, steps, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
/** After a restart of the service the new version reports. */
const updateAndWork = [
  ...steps.operate(server, 'update', 'bootstrap', 'listen'),
  steps.visit(intranet),
  ...steps.operate(server, 'deliver'),
  steps.viewPortal(server),
];

/** The connector is one version behind; each phase begins there. */
export default scenario({
  title: 'The updater cannot reach the service: the version stays behind, and traffic goes on',
  proves: 'server/updater',
  site: documentedSite({ servers: [{ name: server, connector: '1.5.3417.0' }] }),
  change: denyHost('*.updater.msappproxy.net'),
  script: {
    control: [...steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap'), ...updateAndWork],
    change: updateAndWork,
    restore: updateAndWork,
  },
  expect: [
    results.update.tcpDrop({ device: 'edge-firewall', rule: 'deny *.updater.msappproxy.net' }),
    results.deliver.ok(),
    user.visits(intranet).gets('application'),
    portal.connector(server).isActive({ version: '1.5.3417.0' }),
  ],
  control: [portal.connector(server).isActive({ version: '1.5.3437.0' })],
  restore: [portal.connector(server).isActive({ version: '1.5.3437.0' })],
});
