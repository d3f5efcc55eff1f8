import { area } from './page.js';

const portal =
  'Verify the installation and registration › Verify the installation through the Microsoft Entra admin center';

/** Seeing that it works, and Private Access. */
export const verifyRequirements = [
  ...area(portal, [
    [
      'verify/portal-lists-all',
      'All connectors and groups must appear on the connectors page.',
      'A connector that never registered is missing.',
      { inSite: { by: 'nothing', why: 'it is about the portal' }, strength: 'info' },
    ],
    [
      'verify/active-label',
      'The active label must mean that the connector can connect to the service.',
      'Blocked: inactive after the configured number of missed reports.',
      {
        inSite: { by: 'nothing', why: 'it is about the portal' },
        strength: 'info',
        interpreted: 'how many reports may be missed is not documented',
      },
    ],
    [
      'verify/active-is-not-proof',
      'A green label must not be taken for proof: a network problem can still keep messages from the connector.',
      'Signalling, rendezvous or data hosts blocked: green label, gateway timeouts for users.',
      { inSite: { by: 'nothing', why: 'it is about the portal' }, strength: 'info' },
    ],
  ]),
  ...area('Verify the installation and registration › Verify the installation through your Windows server', [
    [
      'verify/services-console',
      'The state of both services must be readable on the server.',
      'A stopped service shows as stopped.',
      { inSite: { by: 'nothing', why: 'it is about what a server shows' }, strength: 'info' },
    ],
  ]),
  ...area('Next steps', [
    [
      'access/quick-access',
      'Private resources must be reachable by address, range, name and port through Quick Access.',
      'Outside the segment list: refused.',
      { inSite: { by: 'stops', where: 'quick-access' }, interpreted: 'the page links to another one for it' },
    ],
    [
      'access/per-app',
      'An application of its own must have its own users and groups.',
      'An unassigned user is refused.',
      {
        inSite: { by: 'stops', where: 'access-applications' },
        interpreted: 'the page links to another one for it',
      },
    ],
  ]),
];
