import { denyHost, documentedSite, portal, results, scenario, steps, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
const host = 'login.microsoftonline.com';
const works = [
  ...steps.operate(server, 'bootstrap', 'listen'),
  steps.visit(intranet),
  ...steps.operate(server, 'deliver'),
];
/** The page says so since 2025: who closes these hosts once connectors are there meets it at the next one. */
export default scenario({
  title:
    'The hosts of sign-in are closed after the registration: traffic goes on, and nobody can sign in to register the next connector',
  proves: 'hosts/registration',
  site: documentedSite({ edition: '2025-02-21' }),
  change: denyHost(host),
  script: {
    control: [...steps.operate(server, 'install', 'sign-in', 'register'), ...works, steps.viewPortal(server)],
    change: [...works, ...steps.operate(server, 'sign-in'), steps.viewPortal(server)],
    restore: [...steps.operate(server, 'sign-in', 'register'), ...works, steps.viewPortal(server)],
  },
  expect: [
    results.bootstrap.ok(),
    results.listen.ok(),
    results.deliver.ok(),
    results.signIn.tcpDrop({ host, port: 443, device: 'edge-firewall', rule: `deny ${host}` }),
    user.visits(intranet).gets('application'),
    portal.connector(server).isActive(),
  ],
});
