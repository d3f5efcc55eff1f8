import {
  documentedFirewall,
  documentedSite,
  edgeFirewall,
  results,
  type SiteInput,
  scenarios,
  siteChange,
  user,
} from '../../harness/index.js';

const missed = { device: 'edge-firewall', rule: 'default drop' } as const;
const gov = 'https://intranet-contoso.msappproxy.us/';
const government: Partial<SiteInput> = {
  cloud: { environment: 'us-government' },
  applications: [{ name: 'Intranet', external: gov, internal: 'http://intranet.contoso.test/' }],
};

/** Each cloud has a list of its own: enough for it, and of little use to the other. */
export default [
  ...scenarios([{ row: 'its own list' }], ({ row }) => ({
    row,
    title: "Azure Government's list is enough for a government connector: default drop, nothing else open",
    proves: ['cloud/government-hosts', 'cloud/government-parameter'],
    site: documentedSite({ ...government, firewall: { default: 'allow' } }),
    change: edgeFirewall(
      "default drop, open exactly what the government's page lists",
      documentedFirewall('us-government'),
      ['allow *.msappproxy.us port 443'],
    ),
    expect: [
      results.install.ok(),
      results.signIn.ok(),
      results.register.ok(),
      results.bootstrap.ok(),
      results.listen.ok(),
      results.deliver.ok(),
      results.renew.ok(),
      results.update.ok(),
      results.revocationCheck.ok(),
      user.visits(gov).gets('application'),
    ],
  })),
  ...scenarios(
    [
      {
        row: 'public list, government connector',
        site: government,
        list: 'public',
        suffixes: ['us', 'usgovcloudapi.net'],
      },
      {
        row: 'government list, public connector',
        site: {},
        list: 'us-government',
        suffixes: ['net', 'windows.net'],
      },
    ] as const,
    ({ row, site, list, suffixes: [proxy, bus] }) => ({
      row,
      title: `${row}: neither registration nor reports nor signalling get out`,
      proves: 'cloud/government-hosts',
      site: documentedSite(site),
      change: siteChange(
        `edge-firewall: the list of ${list}`,
        (before) => ({ ...before, firewall: documentedFirewall(list) }),
        [{ kind: 'decision', ...missed }],
      ),
      expect: [
        results.register.tcpDrop({ host: `*.registration.msappproxy.${proxy}`, ...missed }),
        results.bootstrap.tcpDrop({ host: `*.bootstrap.msappproxy.${proxy}`, ...missed }),
        results.listen.tcpDrop({ host: `*.servicebus.${bus}`, ...missed }),
        results.deliver.notAttempted(),
        results.revocationCheck.tcpDrop({ port: 80, ...missed }),
      ],
    }),
  ),
];
