import { documentedSite, proxySettings, results, scenarios } from '../../harness/index.js';

const address = 'proxy.contoso.test:8080';
const list = 'crl4.digicert.com';
const rule = `deny ${list}` as const;
const refused = { device: 'proxy', rule } as const;

/** P2 at the proxy: a revocation list is fetched in the clear, and a page comes in its place. */
export default scenarios(
  [
    { row: 'status 403', with: 'forbidden', result: 'proxy403', what: 'with status 403' },
    {
      row: 'status 200',
      with: 'page',
      result: 'httpBlockPage',
      what: 'with status 200, as if it were the list',
    },
  ] as const,
  ({ row, with: how, result, what }) => ({
    row,
    title: `The proxy answers for a revocation list with a page of its own, ${what}: the list counts as not there`,
    proves: ['hosts/revocation', 'ports/outbound-80'],
    site: documentedSite({
      servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }],
      proxy: { address },
    }),
    change: proxySettings(`refuses ${list}`, { address, rules: [{ deny: list }], 'refuses-with': how }, rule),
    expect: [
      results.bootstrap.tlsRevocationOffline({ host: '*.bootstrap.msappproxy.net', ...refused }),
      results.revocationCheck[result]({ host: list, port: 80, ...refused }),
    ],
  }),
);
