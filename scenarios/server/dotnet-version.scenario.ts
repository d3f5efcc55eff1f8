import { documentedSite, results, scenarios, serverFact } from '../../harness/index.js';

/** From 1.5.3437.0 on the installer looks at the .NET Framework; versions before it install all the same. */
export default scenarios(
  [
    { row: '1.5.3437.0 with 4.7', connector: '1.5.3437.0', dotnet: '4.7', refused: true },
    { row: '1.5.3437.0 with 4.6.2', connector: '1.5.3437.0', dotnet: '4.6.2', refused: true },
    { row: '1.5.3417.0 with 4.7', connector: '1.5.3417.0', dotnet: '4.7', refused: false },
    {
      row: '1.5.3437.0 with 4.7.1 in 2026',
      connector: '1.5.3437.0',
      dotnet: '4.7.1',
      refused: true,
      least: '4.7.2',
      edition: '2026-02-04',
    },
  ],
  ({ row, connector, dotnet, refused, least = '4.7.1', edition }) => ({
    row,
    title: `Connector ${row.replace('with', 'with .NET Framework')}: ${refused ? 'the installer refuses' : 'installs all the same'}`,
    proves: 'server/dotnet-version',
    site: documentedSite({ edition, servers: [{ name: 'app-proxy-01', connector, dotnet: least }] }),
    change: serverFact('dotnet-version', { dotnet }),
    expect: [
      refused
        ? results.install.refusedByInstaller({ device: 'server', rule: 'dotnet-version' })
        : results.install.ok(),
    ],
  }),
);
