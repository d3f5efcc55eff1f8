import { area } from './page.js';

const windows = 'Prerequisites › Windows server';
const things = 'Things to know';
const services =
  'Verify the installation and registration › Verify the installation through your Windows server';

export const serverRequirements = [
  ...area(windows, [
    [
      'server/os-version',
      'The server must run Windows Server 2012 R2 or later.',
      'The installer refuses, naming the version it found and the one it needs.',
      { signs: [{ by: 'device', device: 'server', fact: 'os-version' }] },
    ],
    [
      'server/dotnet-version',
      'The .NET Framework must be 4.7.1 or later; connector 1.5.3437.0 and later does not install or upgrade below it.',
      'The installer refuses; older connector versions still install.',
      {
        section: `${windows}; Install and register a connector`,
        signs: [{ by: 'device', device: 'server', fact: 'dotnet-version' }],
      },
    ],
    [
      'server/reaches-application',
      'The server must reach the published application.',
      'The user gets a bad gateway; the connector stays active.',
      {
        inSite: { by: 'stops', where: 'applications' },
        signs: [{ by: 'device', device: 'application-host' }],
      },
    ],
  ]),
  ...area('Install and register a connector', [
    [
      'server/connector-version',
      'For Private Access the connector must be 1.5.3417.0 or later.',
      'Application Proxy traffic works, Private Access traffic is refused by the service.',
      {
        inSite: { by: 'stops', where: 'private-access' },
        signs: [{ by: 'result', result: 'refused-by-service', operation: 'tunnel' }],
      },
    ],
    [
      'server/coexists',
      'Other authentication agents may run on the same server.',
      'Holds only: neither disturbs the traffic or the identity of the other.',
      {
        inSite: { by: 'nothing', why: 'a site file does not say what else is installed on a server' },
        holdsOnly: true,
        strength: 'info',
      },
    ],
    [
      'server/ie-esc',
      'IE Enhanced Security Configuration must be off, or the registration screen may not appear.',
      'The registration window stays blank; no token; nothing is registered.',
      { signs: [{ by: 'device', device: 'server', fact: 'ie-esc' }] },
    ],
  ]),
  ...area(things, [
    [
      'server/each-server-registers',
      'The connector must be installed and registered on every server that is to carry traffic.',
      'A copied installation without a registration of its own never appears in the portal.',
      { inSite: { by: 'life', operation: 'register' } },
    ],
    [
      'server/clean-reinstall',
      'To upgrade, the old connector should be uninstalled, its folders deleted, and the latest installed.',
      'Leftover trust settings keep the old identity or version.',
      { strength: 'should' },
    ],
  ]),
  ...area(services, [
    [
      'server/services-running',
      'Connector service and updater service must both be running; one that is not must be started.',
      'Stopped connector: inactive, no traffic. Stopped updater: traffic goes on, updates do not.',
      { signs: [{ by: 'device', device: 'server', fact: 'services-running' }] },
    ],
    [
      'server/updater',
      'The updater should look for new versions and update the connector as needed.',
      'Updater blocked: the version stays behind, traffic is unaffected.',
      {
        inSite: { by: 'life', operation: 'update' },
        strength: 'should',
        interpreted: 'that one connector of a group is updated at a time comes from other pages',
      },
    ],
  ]),
];
