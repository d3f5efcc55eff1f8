import { documentedSite, results, scenarios, siteChange, user } from '../../harness/index.js';

/** P23: public names have addresses of IPv6 as well, which Windows tries first, and the way there ends nowhere. */
export default scenarios(
  [
    { ipv6: 'silent', what: 'nobody answers there: everything works, and every new connection waits' },
    { ipv6: 'refused', what: 'it is refused there: everything works at once' },
  ] as const,
  ({ ipv6, what }) => ({
    row: ipv6,
    title: `Servers try IPv6 first, and ${what}`,
    proves: 'ports/outbound-443',
    site: documentedSite(),
    change: siteChange(`link: IPv6 is ${ipv6}`, (site) => ({ ...site, link: { ...site.link, ipv6 } }), [
      { kind: 'decision', device: 'link', action: 'delay', rule: `ipv6 ${ipv6}` },
    ]),
    expect: [
      results.register.ok(),
      results.bootstrap.ok(),
      results.listen.ok(),
      results.deliver.ok(),
      user.visits('https://intranet-contoso.msappproxy.net/').gets('application'),
    ],
  }),
);
