import type { DocumentedHost } from '../../documented-host.js';

type Row = Omit<DocumentedHost, 'group' | 'purpose' | 'port' | 'rule' | 'match'> & Partial<DocumentedHost>;

const silent = 'the page lists the host without saying which step needs it';

function rows(
  group: DocumentedHost['group'],
  port: DocumentedHost['port'],
  purpose: string,
  list: readonly Row[],
): DocumentedHost[] {
  return list.map((row) => ({
    rule: row.host,
    match: row.host.startsWith('*.') ? 'suffix' : 'exact',
    ...row,
    group,
    port,
    purpose,
  }));
}

const revocation = (host: string): Row => ({
  host,
  operations: ['revocation-check'],
  step: 'the revocation check of the certificates that name it',
  example: host,
  interpreted: 'in the lab each issuing authority names one of these hosts, so that each can be proved alone',
});

const signInPart = (host: string, example: string, part: string): Row => ({
  host,
  operations: ['sign-in'],
  step: `the sign-in page's ${part}`,
  example,
  interpreted: silent,
});

/** The table of the page "Allow access to URLs", edition of 2023-08-09, public cloud. */
export const publicHosts: readonly DocumentedHost[] = [
  ...rows('service', 443, 'traffic between the connector and the cloud service', [
    {
      host: '*.msappproxy.net',
      operations: ['register', 'bootstrap', 'deliver', 'renew', 'update', 'tunnel'],
      step: 'registration, bootstrap, data calls, renewal and updates',
      example: '<tenant>.bootstrap.msappproxy.net',
    },
    {
      host: '*.servicebus.windows.net',
      operations: ['listen', 'deliver'],
      step: 'signalling and the rendezvous of each request',
      example: 'cwap-eur1-weur2.servicebus.windows.net',
    },
  ]),
  ...rows('revocation', 80, 'verifying certificates', [
    revocation('crl3.digicert.com'),
    revocation('crl4.digicert.com'),
    revocation('ocsp.digicert.com'),
    revocation('crl.microsoft.com'),
    revocation('oneocsp.microsoft.com'),
    revocation('ocsp.msocsp.com'),
  ]),
  ...rows('registration', 443, 'registration of the connector', [
    {
      host: 'login.windows.net',
      operations: ['sign-in'],
      step: 'discovery of the sign-in authority under its older name',
      example: 'login.windows.net',
      interpreted: silent,
    },
    {
      ...signInPart(
        'secure.aadcdn.microsoftonline-p.com',
        'secure.aadcdn.microsoftonline-p.com',
        'style sheet',
      ),
      coveredBy: '*.microsoftonline-p.com',
    },
    {
      host: '*.microsoftonline.com',
      operations: ['sign-in'],
      step: 'the sign-in page and the token',
      example: 'login.microsoftonline.com',
      interpreted: silent,
    },
    signInPart('*.microsoftonline-p.com', 'secure.stage.microsoftonline-p.com', 'second style sheet'),
    signInPart('*.msauth.net', 'aadcdn.msauth.net', 'main script'),
    signInPart('*.msauthimages.net', 'aadcdn.msauthimages.net', 'tenant picture'),
    signInPart('*.msecnd.net', 'az416426.vo.msecnd.net', 'helper script'),
    signInPart('*.msftauth.net', 'aadcdn.msftauth.net', 'second script'),
    signInPart('*.msftauthimages.net', 'aadcdn.msftauthimages.net', 'background picture'),
    {
      host: '*.phonefactor.net',
      operations: ['sign-in'],
      step: 'the second factor',
      example: 'pfd.phonefactor.net',
      interpreted: silent,
    },
    {
      host: 'enterpriseregistration.windows.net',
      operations: ['register'],
      step: 'discovery of device registration',
      example: 'enterpriseregistration.windows.net',
      interpreted: silent,
    },
    {
      host: 'management.azure.com',
      operations: ['register'],
      step: 'the look-up of the directory',
      example: 'management.azure.com',
      interpreted: silent,
    },
    {
      host: 'policykeyservice.dc.ad.msft.net',
      operations: ['register'],
      step: 'the policy key',
      example: 'policykeyservice.dc.ad.msft.net',
      interpreted: `${silent}; later editions no longer list it`,
    },
    {
      host: 'ctldl.windowsupdate.com',
      operations: ['install'],
      step: 'the root list, over TLS',
      example: 'ctldl.windowsupdate.com',
      interpreted: silent,
    },
    {
      host: 'www.microsoft.com/pkiops',
      rule: 'www.microsoft.com',
      operations: ['install'],
      step: 'intermediate certificates, over TLS',
      example: 'www.microsoft.com',
      interpreted: 'the row is a path; a firewall can only know the host',
    },
  ]),
  ...rows('registration-http', 80, 'registration of the connector', [
    {
      host: 'ctldl.windowsupdate.com',
      operations: ['install'],
      step: 'the root list',
      example: 'ctldl.windowsupdate.com',
      interpreted: silent,
    },
    {
      host: 'www.microsoft.com/pkiops',
      rule: 'www.microsoft.com',
      operations: ['install'],
      step: 'intermediate certificates',
      example: 'www.microsoft.com',
      interpreted: 'the row is a path; a firewall without a proxy can only know the host',
    },
  ]),
];
