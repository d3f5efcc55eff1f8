import {
  documentedHosts,
  documentedSite,
  proxySettings,
  results,
  type SiteInput,
  scenarios,
} from '../../harness/index.js';

const address = 'proxy.branch.contoso.test:8080';
const parentAddress = 'proxy.contoso.test:3128';
const documented = documentedHosts('public').map(({ rule }) => rule);
const signalling = '*.servicebus.windows.net';

type ParentInput = NonNullable<NonNullable<SiteInput['proxy']>['parent']>;
const lacking: ParentInput = {
  address: parentAddress,
  rules: [{ allow: documented.filter((host) => host !== signalling) }],
  default: 'deny',
};
const asking: ParentInput = { address: parentAddress, authentication: 'ntlm' };

/** The branch's proxy lets all through to the one of the head office: what that one says counts as well. */
export default scenarios(
  [
    {
      row: 'refuses',
      title: 'The proxy behind the proxy has a list of its own; one suffix is not on it',
      parent: lacking,
      proves: 'hosts/*.servicebus.windows.net/443',
      expect: [
        results.bootstrap.ok(),
        results.listen.proxy403({ host: signalling, device: 'parent-proxy', rule: 'default deny' }),
      ],
    },
    {
      row: 'asks',
      title: 'The proxy behind the proxy asks who is there: the services cannot answer through the first',
      parent: asking,
      proves: 'hidden/proxy-no-authentication',
      expect: [
        results.bootstrap.proxy407({ device: 'parent-proxy', rule: 'authentication ntlm' }),
        results.listen.proxy407({ device: 'parent-proxy', rule: 'authentication ntlm' }),
        results.renew.proxy407({ device: 'parent-proxy', rule: 'authentication ntlm' }),
        results.revocationCheck.proxy407({ device: 'parent-proxy', rule: 'authentication ntlm' }),
      ],
    },
  ] as const,
  ({ row, title, parent, proves, expect }) => ({
    row,
    title,
    proves,
    site: documentedSite({ proxy: { address, parent: { address: parentAddress } } }),
    change: proxySettings(`its parent ${row}`, { address, parent }),
    expect: [...expect],
  }),
);
