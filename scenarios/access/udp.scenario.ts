import { documentedSite, results, scenario, siteChange, user } from '../../harness/index.js';

const listed = (to: string) =>
  documentedSite({
    'private-access': {
      'quick-access': { segments: [{ to, ports: 53 }] },
      resources: [{ host: 'names.contoso.test', ports: [53] }],
    },
  });

/** UDP came with connector 1.5.3829.0, after the page's edition: the lab refuses it, listed or not. */
export default scenario({
  title: 'TCP to a port that the list has no longer is refused; UDP is refused in any case',
  proves: 'access/quick-access',
  site: listed('names.contoso.test'),
  change: siteChange('quick-access: another host', () => listed('other.contoso.test'), [
    { kind: 'cloud', service: 'private-access', path: 'names.contoso.test:53', detail: 'in no segment' },
  ]),
  control: [user.connects('names.contoso.test', 53, { protocol: 'udp' }).gets('refused-by-service')],
  restore: [user.connects('names.contoso.test', 53, { protocol: 'udp' }).gets('refused-by-service')],
  expect: [
    results.tunnel.ok(),
    user.connects('names.contoso.test', 53).gets('refused-by-service'),
    user.connects('names.contoso.test', 53, { protocol: 'udp' }).gets('refused-by-service'),
  ],
});
