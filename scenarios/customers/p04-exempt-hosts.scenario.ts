import {
  documentedHosts,
  documentedSite,
  proxySettings,
  results,
  type SiteInput,
  scenarios,
} from '../../harness/index.js';

type ProxyInput = NonNullable<SiteInput['proxy']>;
const rule = 'authentication basic for all others';
const refused = { device: 'proxy', rule } as const;
const documented = documentedHosts('public').map((row) => row.rule);
const askingAllBut = (rules: NonNullable<ProxyInput['rules']>): ProxyInput => ({
  address: 'proxy.contoso.test:8080',
  authentication: 'basic',
  rules,
});

const exceptHosts = (hosts: string[]) => [{ name: 'all others', ask: 'any', except: hosts }];
const exceptAccounts = (accounts: ('network-service' | 'local-system' | 'administrator')[]) => [
  ...accounts.map((account) => ({ allow: 'any', account })),
  { name: 'all others', ask: 'any' },
];

/** P4: what cures it, whole and by halves. */
export default scenarios(
  [
    {
      row: 'hosts',
      title: 'An authenticating proxy asks nothing for documented hosts; one suffix is forgotten',
      whole: askingAllBut(exceptHosts(documented)),
      half: askingAllBut(exceptHosts(documented.filter((host) => host !== '*.servicebus.windows.net'))),
      forgotten: '*.servicebus.windows.net',
      expect: [
        results.bootstrap.ok(),
        results.renew.ok(),
        results.revocationCheck.ok(),
        results.listen.proxy407({ host: '*.servicebus.windows.net', ...refused }),
      ],
    },
    {
      row: 'accounts',
      title: "An authenticating proxy asks the server's accounts nothing; the updater's is forgotten",
      whole: askingAllBut(exceptAccounts(['network-service', 'local-system', 'administrator'])),
      half: askingAllBut(exceptAccounts(['network-service', 'administrator'])),
      forgotten: 'local-system',
      expect: [results.bootstrap.ok(), results.listen.ok(), results.update.proxy407(refused)],
    },
  ],
  ({ row, title, whole, half, forgotten, expect }) => ({
    row,
    title,
    proves: 'hidden/proxy-no-authentication',
    site: documentedSite({ proxy: whole }),
    change: proxySettings(`asks who sends a request, ${forgotten} too`, half, rule),
    expect: [...expect],
  }),
);
