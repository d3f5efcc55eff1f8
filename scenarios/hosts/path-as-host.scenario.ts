import { documentedSite, narrowed, results, scenario } from '../../harness/index.js';

/** P28: the page's list holds a path among host names; copied as it stands, it opens nothing. */
export default scenario({
  title: 'A rule for the host "www.microsoft.com/pkiops" matches nothing: intermediates are not fetched',
  proves: [
    'hosts/registration-http',
    'hosts/www.microsoft.com/pkiops/80',
    'hosts/www.microsoft.com/pkiops/443',
  ],
  site: documentedSite(),
  change: narrowed('www.microsoft.com', { allow: 'www.microsoft.com/pkiops' }),
  expect: [
    results.install.tcpDrop({ host: 'www.microsoft.com', device: 'edge-firewall', rule: 'default drop' }),
  ],
});
