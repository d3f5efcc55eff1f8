/**
 * What the requirements page says, written down a second time and apart from the catalogue, so that a
 * slip in one of the two is found. Facts of "How to configure connectors", edition of 2023-08-09
 * (https://learn.microsoft.com/entra/global-secure-access/how-to-configure-connectors).
 */
export const page = {
  edition: '2023-08-09',

  /** The table of addresses: what is open, group by group. */
  table: [
    { group: 'service', port: 443, hosts: ['*.msappproxy.net', '*.servicebus.windows.net'] },
    {
      group: 'revocation',
      port: 80,
      hosts: [
        'crl3.digicert.com',
        'crl4.digicert.com',
        'ocsp.digicert.com',
        'crl.microsoft.com',
        'oneocsp.microsoft.com',
        'ocsp.msocsp.com',
      ],
    },
    {
      group: 'registration',
      port: 443,
      hosts: [
        'login.windows.net',
        'secure.aadcdn.microsoftonline-p.com',
        '*.microsoftonline.com',
        '*.microsoftonline-p.com',
        '*.msauth.net',
        '*.msauthimages.net',
        '*.msecnd.net',
        '*.msftauth.net',
        '*.msftauthimages.net',
        '*.phonefactor.net',
        'enterpriseregistration.windows.net',
        'management.azure.com',
        'policykeyservice.dc.ad.msft.net',
        'ctldl.windowsupdate.com',
        'www.microsoft.com/pkiops',
      ],
    },
    {
      group: 'registration-http',
      port: 80,
      hosts: ['ctldl.windowsupdate.com', 'www.microsoft.com/pkiops'],
    },
  ],

  /** What each part of the page asks for; the rows of the table stand with theirs. */
  sections: {
    Prerequisites: [
      'tenant/premium-p1',
      'tenant/application-administrator',
      'tenant/known-users',
      'tenant/preauthentication',
    ],
    'Prerequisites › Windows server': [
      'server/os-version',
      'server/dotnet-version',
      'server/reaches-application',
      'availability/two-servers',
    ],
    'Prerequisites › Prepare your on-premises environment': [
      'cloud/government-hosts',
      'cloud/government-parameter',
    ],
    'Prerequisites › Prepare your on-premises environment › Open ports': [
      'ports/outbound-443',
      'ports/outbound-80',
      'ports/service-account',
      'ports/outbound-only',
    ],
    'Prerequisites › Prepare your on-premises environment › Allow access to URLs': [
      'hosts/service',
      'hosts/revocation',
      'hosts/registration',
      'hosts/registration-http',
      'hosts/suffix-rules',
      'hosts/ip-ranges',
      'hosts/ip-ranges-weekly',
      'tls/no-inspection',
      'tls/bypass-suffices',
    ],
    'Install and register a connector': [
      'server/dotnet-version',
      'server/connector-version',
      'server/coexists',
      'server/ie-esc',
      'tenant/registering-administrator',
    ],
    'Things to know': ['server/each-server-registers', 'server/clean-reinstall', 'groups/closest-region'],
    'Verify the installation and registration › Verify the installation through the Microsoft Entra admin center':
      ['verify/portal-lists-all', 'verify/active-label', 'verify/active-is-not-proof'],
    'Verify the installation and registration › Verify the installation through your Windows server': [
      'server/services-running',
      'server/updater',
      'verify/services-console',
    ],
    'Create connector groups': ['groups/create', 'groups/serve-assigned-apps', 'groups/separate-networks'],
    'Next steps': ['access/quick-access', 'access/per-app'],
  },

  /** Figures that the page gives, and the requirement that has to give them too. */
  figures: [
    ['server/os-version', '2012 R2'],
    ['server/dotnet-version', '4.7.1'],
    ['server/dotnet-version', '1.5.3437.0'],
    ['server/connector-version', '1.5.3417.0'],
    ['tenant/premium-p1', 'P1'],
    ['ports/outbound-443', '443'],
    ['ports/outbound-80', '80'],
    ['ports/service-account', '80 and 443'],
    ['ports/service-account', 'Network Service'],
    ['hosts/ip-ranges-weekly', 'every week'],
  ],

  /** What the page advises, or only tells: not having it breaks nothing that the page promises. */
  should: ['availability/two-servers', 'server/clean-reinstall', 'server/updater'],
  tells: [
    'server/coexists',
    'groups/separate-networks',
    'groups/closest-region',
    'verify/portal-lists-all',
    'verify/active-label',
    'verify/active-is-not-proof',
    'verify/services-console',
  ],
} as const;

/** What connectors need although the page does not say so (connector-facts 4.2). */
export const notOnThePage = [
  'hidden/idle-timeout',
  'hidden/nat-ports',
  'hidden/path-mtu',
  'hidden/aia-hosts',
  'hidden/revocation-hosts',
  'hidden/clock',
  'hidden/tls12',
  'hidden/websocket-upgrade',
  'hidden/cname-chain',
  'hidden/proxy-no-authentication',
  'hidden/proxy-for-every-stack',
  'hidden/certificate-renewal',
];
