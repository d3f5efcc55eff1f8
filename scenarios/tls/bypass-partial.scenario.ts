import {
  documentedHosts,
  documentedSite,
  inspectTls,
  results,
  scenarios,
  siteChange,
} from '../../harness/index.js';

const inspector = { device: 'inspector', rule: 'inspect *' } as const;
const documented = documentedHosts('public').map(({ rule }) => rule);
const service = '*.msappproxy.net';
const lost = results.bootstrap.tlsClientCertificateLost({ host: '*.bootstrap.msappproxy.net', ...inspector });
const inspected = inspectTls({ 'trusted-by-server': true });
const proxy = 'proxy.contoso.test:8080';

/** An exemption that is not whole is none for what it lacks; one that another device makes is none at all. */
export default scenarios(
  [
    {
      row: 'one suffix forgotten',
      what: `all documented hosts but ${service} are exempt`,
      site: documentedSite(),
      change: inspectTls({ 'trusted-by-server': true, except: documented.filter((one) => one !== service) }),
    },
    {
      row: 'one label deep',
      what: 'the exemptions are read as one label, and the service has names of two',
      site: documentedSite(),
      change: inspectTls({
        'trusted-by-server': true,
        except: documented.map((host) => (host.startsWith('*.') ? { host, match: 'one-label' } : host)),
      }),
    },
    {
      row: 'by another device',
      what: 'the hosts are exempt from the proxy, and the inspector stands behind it',
      site: documentedSite({ proxy: { address: proxy } }),
      change: siteChange(
        'proxy: bypassed for the documented hosts; inspector: inspects everything at the edge',
        (site) => ({
          ...inspected.apply(site),
          ...(site.proxy && { proxy: { ...site.proxy, bypass: documented } }),
        }),
        inspected.exercised,
      ),
    },
  ],
  ({ row, what, site, change }) => ({
    row,
    title: `TLS inspection, and ${what}: the connector's certificate is lost`,
    proves: ['tls/bypass-suffices', 'tls/no-inspection'],
    site,
    change,
    expect: [lost],
  }),
);
