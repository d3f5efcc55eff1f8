import fc from 'fast-check';
import { accounts as builtIn } from '../../evidence/vocabulary.js';
import { documentedHosts } from '../../requirements/documented-hosts.js';
import type { HostEntry } from '../../site/host-entry.js';
import { matchKind, nameMatches } from '../../site/match/index.js';
import { someRealNetworks, someTags } from '../../site/service-tags/testing.js';

export const rows = documentedHosts('public');
export const servers = ['app-proxy-01', 'app-proxy-02'];
export const ownAccount = 'CONTOSO\\svc-connector$' as const;
export const accounts = [...builtIn, ownAccount];
export const ruleHosts = [...new Set(rows.map(({ rule }) => rule))];
/** What people write for hosts: the page's rows, wider and narrower ones, and other domains of alias chains. */
export const pattern = fc.constantFrom(
  ...ruleHosts,
  ...[
    '*.windows.net',
    // Of these a name below is often more than one label away.
    ...['*.com', '*.net', '*.net', '*.msappproxy.net', '*.microsoft.com'],
    '*.digicert.com',
    '*.net',
    'msappproxy.net',
    '.servicebus.windows.net',
    '.login.windows.net',
    '*servicebus.windows.net',
    'c*.windows.net',
    '*.bootstrap.msappproxy.net',
  ],
  ...[
    'cwap-eur1-weur2.servicebus.windows.net',
    'login.microsoftonline.com',
    '*.cloudapp.net',
    '*.cloudapp.azure.com',
  ],
);
/** Domains of aliases, which only some firewalls know. */
export const aliases = fc.constantFrom(
  '*.cloudapp.net',
  '*.cloudapp.azure.com',
  '*.azureedge.net',
  '*.msidentity.com',
);
/** As imports write networks: those of the lab, all of them, and all but what is private. */
export const networks = fc.constantFrom(
  ...['198.18.66.0/24', '198.18.64.0/255.255.248.0', '198.18.67.1-198.18.67.20', '198.18.69.3', '0.0.0.0/0'],
  ...[
    '10.0.0.0/8',
    '0.0.0.0-9.255.255.255',
    '11.0.0.0-172.15.255.255',
    '192.169.0.0-255.255.255.255',
    '128.0.0.0/1',
  ],
);
export const destination = fc.oneof(
  { weight: 5, arbitrary: pattern },
  { weight: 2, arbitrary: aliases },
  fc.constantFrom('any', 'documented'),
  fc.constantFrom(...someTags, ...someRealNetworks),
  fc.constantFrom('198.18.66.0/24', '198.18.66.0/255.255.254.0', '198.18.67.1-198.18.67.20', '198.18.69.3'),
  networks,
);
/** Entries of lists: most as they are written, some with a kind of match that they can have. */
export const entry: fc.Arbitrary<HostEntry> = fc
  .record({
    host: fc.oneof({ weight: 9, arbitrary: pattern }, aliases),
    match: fc.option(fc.constantFrom(...nameMatches), { nil: undefined }),
  })
  .map(({ host, match }) => (match && !matchKind(match).refuses?.(host) ? { host, match } : host));
