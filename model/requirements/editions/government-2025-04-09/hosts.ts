import type { DocumentedHost } from '../../documented-host.js';

type Short = readonly [host: string, operations: DocumentedHost['operations'], step: string, example: string];

function rows(
  group: DocumentedHost['group'],
  port: DocumentedHost['port'],
  purpose: string,
  list: readonly Short[],
): DocumentedHost[] {
  return list.map(([host, operations, step, example]) => ({
    host,
    rule: host,
    match: host.startsWith('*.') ? 'suffix' : 'exact',
    port,
    group,
    purpose,
    operations,
    step,
    example,
    interpreted: 'the page lists the host without saying which step needs it',
  }));
}

/**
 * Azure Government's list (page of 2025-04-09): several names are of the public cloud, ports are
 * written into some hosts, and no host of the public certificate authorities is there.
 */
export const governmentHosts: readonly DocumentedHost[] = [
  ...rows('service', 443, 'traffic between the connector and the cloud service', [
    [
      '*.msappproxy.us',
      ['register', 'bootstrap', 'deliver', 'renew', 'update'],
      'registration, bootstrap, data calls, renewal and updates',
      '<tenant>.bootstrap.msappproxy.us',
    ],
    [
      '*.servicebus.usgovcloudapi.net',
      ['listen', 'deliver'],
      'signalling and the rendezvous of each request',
      'cwap-usgv1-usva2.servicebus.usgovcloudapi.net',
    ],
  ]),
  ...rows('revocation', 80, 'verifying certificates', [
    ...['mscrl.microsoft.us', 'crl.microsoft.us', 'ocsp.msocsp.us'].map(
      (host): Short => [
        host,
        ['revocation-check'],
        'the revocation check of the certificates that name it',
        host,
      ],
    ),
    [
      'www.microsoft.us',
      ['install', 'revocation-check'],
      'intermediate certificates, and their revocation',
      'www.microsoft.us',
    ],
  ]),
  ...rows('registration', 443, 'registration of the connector', [
    ['login.windows.us', ['sign-in'], 'discovery of the sign-in authority', 'login.windows.us'],
    [
      'secure.aadcdn.microsoftonline-p.com',
      ['sign-in'],
      "the sign-in page's style sheet",
      'secure.aadcdn.microsoftonline-p.com',
    ],
    ['*.microsoftonline.us', ['sign-in'], 'the sign-in page and the token', 'login.microsoftonline.us'],
    [
      '*.microsoftonline-p.us',
      ['sign-in'],
      "the sign-in page's second style sheet",
      'secure.stage.microsoftonline-p.us',
    ],
    ['*.msauth.net', ['sign-in'], "the sign-in page's main script", 'aadcdn.msauth.net'],
    ['*.msauthimages.net', ['sign-in'], "the sign-in page's tenant picture", 'aadcdn.msauthimages.net'],
    ['*.msecnd.net', ['sign-in'], "the sign-in page's helper script", 'az416426.vo.msecnd.net'],
    ['*.msftauth.net', ['sign-in'], "the sign-in page's second script", 'aadcdn.msftauth.net'],
    [
      '*.msftauthimages.net',
      ['sign-in'],
      "the sign-in page's background picture",
      'aadcdn.msftauthimages.net',
    ],
    ['*.phonefactor.net', ['sign-in'], 'the second factor', 'pfd.phonefactor.net'],
    [
      'enterpriseregistration.windows.net',
      ['register'],
      'discovery of device registration',
      'enterpriseregistration.windows.net',
    ],
    ['management.azure.com', ['register'], 'the look-up of the directory', 'management.azure.com'],
    ['policykeyservice.dc.ad.msft.net', ['register'], 'the policy key', 'policykeyservice.dc.ad.msft.net'],
  ]),
  ...rows('registration-http', 80, 'registration of the connector', [
    ['ctldl.windowsupdate.us', ['install'], 'the root list', 'ctldl.windowsupdate.us'],
  ]),
];
