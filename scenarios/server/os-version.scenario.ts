import { documentedSite, results, scenarios, serverFact } from '../../harness/index.js';

/** The page of 2026 asks for more than those before it. */
export default scenarios(
  [
    { row: 'server-2008-r2', windows: 'server-2008-r2', least: 'server-2012-r2' },
    { row: 'server-2012', windows: 'server-2012', least: 'server-2012-r2' },
    {
      row: 'server-2012-r2 in 2026',
      windows: 'server-2012-r2',
      least: 'server-2016',
      edition: '2026-02-04',
    },
  ] as const,
  ({ row, windows, least, ...judged }) => ({
    row,
    title: `The installer refuses on ${row}, naming the version it found and the one it needs`,
    proves: 'server/os-version',
    site: documentedSite({ ...judged, servers: [{ name: 'app-proxy-01', windows: least }] }),
    change: serverFact('os-version', { windows }),
    expect: [results.install.refusedByInstaller({ device: 'server', rule: 'os-version' })],
  }),
);
