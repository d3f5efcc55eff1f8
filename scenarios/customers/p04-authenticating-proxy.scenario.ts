import { documentedSite, proxySettings, results, scenarios } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';

/** P4: service accounts cannot answer a challenge. */
export default scenarios(
  [
    { row: 'basic', asksFor: 'a name and password' },
    { row: 'negotiate', asksFor: 'a Kerberos token' },
  ] as const,
  ({ row: scheme, asksFor }) => {
    const rule = `authentication ${scheme}` as const;
    const refused = { device: 'proxy', rule } as const;
    return {
      row: scheme,
      title: `The proxy asks for ${asksFor}: the service accounts cannot answer`,
      proves: 'hidden/proxy-no-authentication',
      site: documentedSite({ proxy: { address } }),
      change: proxySettings(`${scheme} authentication`, { address, authentication: scheme }, rule),
      expect: [
        results.bootstrap.proxy407(refused),
        results.listen.proxy407(refused),
        results.renew.proxy407(refused),
        results.revocationCheck.proxy407(refused),
      ],
    };
  },
);
