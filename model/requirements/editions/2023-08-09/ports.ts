import { revocationOffline } from '../../sign.js';
import { area } from './page.js';

export const portRequirements = area('Prerequisites › Prepare your on-premises environment › Open ports', [
  [
    'ports/outbound-443',
    'TCP 443 must be open outbound, for all communication with the service.',
    'Registration, bootstrap and signalling all fail: silence is a timeout, a refusal a refusal.',
  ],
  [
    'ports/outbound-80',
    'TCP 80 must be open outbound, for revocation lists while TLS certificates are validated.',
    'Revocation cannot be checked: handshakes are refused (hard-fail) or slow (soft-fail).',
    {
      interpreted: 'whether a client refuses or goes on is not documented; both profiles are proved',
      signs: [revocationOffline],
    },
  ],
  [
    'ports/service-account',
    'Where the firewall decides by the originating user, 80 and 443 must be open for services that run as Network Service.',
    "The administrator's browser and registration work, the service does not.",
    { signs: [{ by: 'account' }] },
  ],
  [
    'ports/outbound-only',
    'All inbound ports may stay closed: the connector needs none.',
    'Holds only: every inbound packet is dropped and traffic still flows.',
    {
      inSite: { by: 'stops', where: 'closed-inbound' },
      holdsOnly: true,
      interpreted: 'the page only speaks of outbound traffic',
    },
  ],
]);
