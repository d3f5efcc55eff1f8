import { documentedSite, results, scenarios, serverFacts } from '../../harness/index.js';

/** ENVIRONMENTNAME="AzureUSGovernment". Without it the installer goes to the public cloud's authority. */
export default scenarios(
  [
    {
      row: 'everything open',
      firewall: { default: 'allow' },
      seen: results.signIn.refusedByService({ host: 'login.microsoftonline.com' }),
      what: 'the public authority does not know the account',
    },
    {
      row: 'documented hosts open',
      firewall: undefined,
      seen: results.signIn.tcpDrop({
        host: 'login.windows.net',
        device: 'edge-firewall',
        rule: 'default drop',
      }),
      what: "the public authority is not on the government's list",
    },
  ] as const,
  ({ row, firewall, seen, what }) => ({
    row,
    title: `A government connector installed without the parameter, ${row}: ${what}`,
    proves: 'cloud/government-parameter',
    site: documentedSite({
      cloud: { environment: 'us-government' },
      ...(firewall && { firewall }),
    }),
    change: serverFacts('installed without ENVIRONMENTNAME', { 'environment-name': 'AzureCloud' }, [
      { kind: 'attempt', operation: 'sign-in' },
    ]),
    expect: [seen],
  }),
);
