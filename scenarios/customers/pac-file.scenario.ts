import { documentedFirewall, documentedSite, results, scenarios, siteChange } from '../../harness/index.js';

const [proxy, retired] = ['proxy.contoso.test:8080', 'old-proxy.contoso.test:8080'] as const;
const fileThat = (answers: string) => `function FindProxyForURL(url, host) { return "${answers}"; }`;
const withFile = (answers: string) =>
  documentedSite({
    proxy: { address: proxy, 'used-by': [] },
    pac: { file: fileThat(answers) },
    firewall: {
      default: 'drop',
      rules: documentedFirewall('public').rules.map((rule) => ({ ...rule, from: 'proxy' })),
    },
  });
const dropped = { device: 'edge-firewall', rule: 'default drop' } as const;

/** What a PAC file answers is a list: the first proxy that can be reached is it. The edge lets only the proxy out. */
export default scenarios(
  [
    {
      row: 'retired proxy first',
      answers: `PROXY ${retired}; PROXY ${proxy}`,
      what: 'names a proxy that is gone, then one that is there: the second is taken',
      met: { kind: 'dns', outcome: 'dns-nxdomain', device: 'resolver' },
      seen: [results.bootstrap.ok(), results.listen.ok(), results.deliver.ok()],
    },
    {
      row: 'retired proxy alone',
      answers: `PROXY ${retired}`,
      what: 'names only a proxy that is gone: there is no way out',
      met: { kind: 'dns', outcome: 'dns-nxdomain', device: 'resolver' },
      seen: [
        results.bootstrap.proxyUnreachable({ device: 'resolver' }),
        results.listen.proxyUnreachable({ device: 'resolver' }),
        results.revocationCheck.proxyUnreachable({ device: 'resolver' }),
      ],
    },
    {
      row: 'direct behind it',
      answers: `PROXY ${retired}; DIRECT`,
      what: 'says to go direct where its proxy is gone: the edge lets only a proxy out',
      met: { kind: 'decision', ...dropped },
      seen: [
        results.bootstrap.tcpDrop({ host: '*.bootstrap.msappproxy.net', ...dropped }),
        results.listen.tcpDrop({ host: '*.servicebus.windows.net', ...dropped }),
        results.revocationCheck.tcpDrop({ port: 80, ...dropped }),
      ],
    },
  ] as const,
  ({ row, answers, what, met, seen }) => ({
    row,
    title: `A PAC file ${what}`,
    proves: 'hidden/proxy-for-every-stack',
    site: withFile(`PROXY ${proxy}`),
    change: siteChange(`pac: ${answers}`, () => withFile(answers), [met]),
    expect: seen,
  }),
);
