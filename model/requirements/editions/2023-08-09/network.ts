import { area } from './page.js';

const urls = 'Prerequisites › Prepare your on-premises environment › Allow access to URLs';
const environment = 'Prerequisites › Prepare your on-premises environment';

/** TLS inspection and the clouds. */
export const networkRequirements = [
  ...area(urls, [
    [
      'tls/no-inspection',
      'Nothing must inspect or end TLS between the connector and the service.',
      'The client certificate is lost, the issuer is unknown, revocation information is missing, or the WebSocket upgrade is stripped.',
      { signs: [{ by: 'device', device: 'inspector' }] },
    ],
    [
      'tls/bypass-suffices',
      "Where the connector's hosts are exempt from inspection, everything else may be inspected.",
      'Holds only: inspection of everything else does no harm.',
      {
        inSite: { by: 'stops', where: 'exemptions' },
        holdsOnly: true,
        interpreted: 'follows from the text, which only says what to avoid',
      },
    ],
  ]),
  ...area(environment, [
    [
      'cloud/government-parameter',
      'For Azure Government the installer must be given one more parameter.',
      'Without it the connector registers against the wrong authority.',
    ],
  ]),
];
