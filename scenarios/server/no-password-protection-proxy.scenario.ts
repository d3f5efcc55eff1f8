import { documentedSite, portal, results, scenario, serverFact, steps, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
/** After a restart of the service the new version reports. */
const updateAndWork = [
  ...steps.operate(server, 'update', 'bootstrap', 'listen'),
  steps.visit(intranet),
  ...steps.operate(server, 'deliver'),
  steps.viewPortal(server),
];

/** The page says that the two updaters are incompatible; that no update comes then is our reading. */
export default scenario({
  title: 'The proxy of Password Protection comes onto the server: no update comes, and traffic goes on',
  proves: 'server/no-password-protection-proxy',
  site: documentedSite({ edition: '2025-02-21', servers: [{ name: server, connector: '1.5.3417.0' }] }),
  change: serverFact('no-password-protection-proxy', { 'password-protection-proxy': true }),
  script: {
    control: [...steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap'), ...updateAndWork],
    change: updateAndWork,
    restore: updateAndWork,
  },
  expect: [
    results.update.refusedByInstaller({ device: 'server', rule: 'no-password-protection-proxy' }),
    results.deliver.ok(),
    user.visits(intranet).gets('application'),
    portal.connector(server).isActive({ version: '1.5.3417.0' }),
  ],
  control: [portal.connector(server).isActive({ version: '1.5.3437.0' })],
  restore: [portal.connector(server).isActive({ version: '1.5.3437.0' })],
});
