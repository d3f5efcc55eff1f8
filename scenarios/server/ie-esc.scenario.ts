import { documentedSite, results, scenario, serverFact } from '../../harness/index.js';

export default scenario({
  title: 'IE Enhanced Security Configuration is on: the sign-in window stays blank and nothing is registered',
  proves: 'server/ie-esc',
  site: documentedSite(),
  change: serverFact('ie-esc', { 'ie-esc': true }),
  expect: [results.signIn.refusedByInstaller({ device: 'server', rule: 'ie-esc' })],
});
