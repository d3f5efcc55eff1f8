import {
  denyAccount,
  documentedSite,
  network,
  portal,
  results,
  scenarios,
  user,
} from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
const [signIn, lists] = ['login.microsoftonline.com', 'crl3.digicert.com'];
const gmsa = 'CONTOSO\\adsync$' as const;

/** A rule that names the agent's account: a firewall knows the accounts that its rules are about. */
const allowing = (account: typeof gmsa | 'network-service') => ({
  rules: [{ allow: 'any' as const, account }],
});

/**
 * Another agent, such as Azure AD Connect, is what it opens from the same server: to hosts that the connector
 * needs, too, on both ports. Firewalls tell the two by their accounts, and by nothing else.
 */
export default scenarios(
  [
    {
      row: 'account of its own',
      account: gmsa,
      title:
        'Another agent on the server is closed in by its account: the connector works as if it were alone',
      connector: [results.bootstrap.ok(), results.listen.ok(), results.deliver.ok(), results.update.ok()],
      page: 'application',
    },
    {
      row: 'account of the connector',
      account: 'network-service',
      title: "Another agent runs as the connector's account, and is closed in by it: so is the connector",
      connector: [
        results.bootstrap.tcpDrop({ device: 'host-firewall', rule: 'deny any account network-service' }),
        results.listen.tcpDrop({ device: 'host-firewall', rule: 'deny any account network-service' }),
        results.deliver.notAttempted(),
        results.update.ok(),
      ],
      page: 'gateway-timeout',
    },
  ] as const,
  ({ row, account, title, connector, page }) => {
    const agent = network.from(server, account);
    const closed = { device: 'host-firewall', rule: `deny any account ${account}` } as const;
    const works = [agent.reaches(signIn, 443, 'ok'), agent.reaches(lists, 80, 'ok')];
    return {
      row,
      title,
      proves: 'server/coexists',
      site: documentedSite({ servers: [{ name: server, 'host-firewall': allowing(account) }] }),
      change: denyAccount(account),
      control: works,
      restore: works,
      expect: [
        agent.reaches(signIn, 443, 'tcp-drop', closed),
        agent.reaches(lists, 80, 'tcp-drop', closed),
        ...connector,
        portal.connector(server).isActive(),
        user.visits(intranet).gets(page),
      ],
    };
  },
);
