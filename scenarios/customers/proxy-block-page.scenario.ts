import { documentedSite, proxySettings, results, scenarios } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';
const signalling = '*.servicebus.windows.net';
const rule = `deny ${signalling}` as const;
const refused = { host: signalling, device: 'proxy', rule } as const;

/** What a proxy says to who it refuses: nothing that looks like a refusal. */
export default scenarios(
  [
    {
      row: 'in-place-of-the-tunnel',
      title: 'The proxy answers CONNECT with a page and status 200: TLS begins with HTML',
      inspection: undefined,
      expect: [results.bootstrap.ok(), results.listen.httpBlockPage(refused)],
    },
    {
      row: 'inside-tls',
      title: 'The proxy refuses inside TLS with a certificate of its own, and inspects nothing else',
      inspection: { at: 'proxy' as const, 'trusted-by-server': true, 'revocation-info': false },
      expect: [results.bootstrap.ok(), results.listen.httpBlockPage(refused)],
    },
    {
      row: 'inside-untrusted-tls',
      title: 'The same, with a certificate that the server does not trust',
      inspection: { at: 'proxy' as const, 'revocation-info': false },
      expect: [results.bootstrap.ok(), results.listen.tlsUntrustedIssuer(refused)],
    },
  ],
  ({ row, title, inspection, expect }) => ({
    row,
    title,
    proves: 'hosts/*.servicebus.windows.net/443',
    site: documentedSite({
      proxy: { address },
      ...(inspection && { inspection: { ...inspection, only: [] } }),
    }),
    change: proxySettings(
      'refuses signalling with a page',
      { address, rules: [{ deny: signalling }], 'refuses-with': 'page' },
      rule,
    ),
    expect,
  }),
);
