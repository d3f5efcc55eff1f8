import { type Page, rowsOf } from '../../requirement.js';
import { of20230809 } from '../2023-08-09/index.js';
import { revised } from '../revised.js';

const page: Page = {
  title:
    'How to configure private network connectors for Microsoft Entra Private Access and Microsoft Entra application proxy',
  address: 'https://learn.microsoft.com/entra/global-secure-access/how-to-configure-connectors',
  date: '2025-02-21',
};

const aboutServers = { by: 'nothing', why: 'a site file does not say it of a server' } as const;

export const addedIn20250221 = rowsOf(page)('Prerequisites › Windows server', [
  [
    'server/tls12',
    'TLS 1.2 must be switched on before the connector is installed.',
    'The handshake fails.',
    { signs: [{ by: 'result', result: 'tls-protocol-version' }] },
  ],
  [
    'server/http2-for-kerberos',
    'For single sign-on by Kerberos, HTTP/2 must be switched off on Windows Server 2019 and later.',
    'Single sign-on fails; everything else works.',
    {
      inSite: { by: 'stops', where: 'kerberos' },
      signs: [{ by: 'device', device: 'server', fact: 'http2-for-kerberos' }],
    },
  ],
  [
    'server/no-password-protection-proxy',
    'The proxy of Microsoft Entra Password Protection must not be on the same server.',
    'Two versions of one updater, which do not get on: no update comes, and traffic goes on.',
    {
      inSite: { by: 'stops' },
      signs: [{ by: 'device', device: 'server', fact: 'no-password-protection-proxy' }],
      interpreted: 'the page says that the versions are incompatible, and not what is seen then',
    },
  ],
  [
    'server/marketplace-images',
    'Connectors may be started from images in the marketplaces of Azure, AWS and Google Cloud.',
    'Holds only: a preview.',
    { inSite: aboutServers, holdsOnly: true, strength: 'info' },
  ],
]);

/** What changed since 2023: connector-facts 4.1. */
export const of20250221 = revised(of20230809, {
  page,
  withoutHosts: ['policykeyservice.dc.ad.msft.net'],
  noLongerHidden: ['hidden/tls12'],
  said: {
    'hosts/registration': {
      statement: 'The hosts of sign-in and registration must be open on 443, also after the registration.',
    },
    'tenant/registering-administrator': {
      statement:
        'Registration must be done by an Application Administrator of the directory that uses the connector.',
      interpreted: 'a tutorial of 2026 asks for a Global Administrator for the first connector of a tenant',
    },
  },
  added: addedIn20250221,
});
