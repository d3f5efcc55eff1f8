import { documentedSite, proxySettings, results, scenarios } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';

/** P4: service accounts cannot answer a challenge. */
export default scenarios(
  [
    { row: 'basic', asks: 'basic', asksFor: 'a name and password' },
    { row: 'ntlm', asks: 'ntlm', asksFor: 'an answer to its NTLM challenge' },
    { row: 'negotiate', asks: 'negotiate', asksFor: 'a Kerberos token' },
    { row: 'several', asks: ['negotiate', 'ntlm', 'basic'], asksFor: 'any of three proofs' },
  ] as const,
  ({ row, asks, asksFor }) => {
    const rule = `authentication ${[asks].flat().join(', ')}` as const;
    const refused = { device: 'proxy', rule } as const;
    return {
      row,
      title: `The proxy asks for ${asksFor}: the service accounts cannot answer`,
      proves: 'hidden/proxy-no-authentication',
      site: documentedSite({ proxy: { address } }),
      change: proxySettings(`${row} authentication`, { address, authentication: [asks].flat() }, rule),
      expect: [
        results.bootstrap.proxy407(refused),
        results.listen.proxy407(refused),
        results.renew.proxy407(refused),
        results.revocationCheck.proxy407(refused),
      ],
    };
  },
);
