import { documentedSite, results, scenarios, serverFact } from '../../harness/index.js';

export default scenarios(['server-2008-r2', 'server-2012'] as const, (windows) => ({
  row: windows,
  title: `The installer refuses on ${windows}, naming the version it found and the one it needs`,
  proves: 'server/os-version',
  site: documentedSite({ servers: [{ name: 'app-proxy-01', windows: 'server-2012-r2' }] }),
  change: serverFact('os-version', { windows }),
  expect: [results.install.refusedByInstaller({ device: 'server', rule: 'os-version' })],
}));
