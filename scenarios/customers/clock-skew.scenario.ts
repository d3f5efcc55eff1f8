import { documentedSite, results, scenario, serverFacts } from '../../harness/index.js';

/** P20: the signalling token is signed for a time; a slow clock signs tokens that are over already. */
export default scenario({
  title: "The server's clock is two hours slow: signalling tokens have expired when they arrive",
  proves: 'hidden/clock',
  site: documentedSite(),
  change: serverFacts('clock two hours slow', { 'clock-skew': -2 * 3_600_000 }, [
    { kind: 'operation', operation: 'listen' },
  ]),
  expect: [
    results.listen.clockSkew({ host: '*.servicebus.windows.net' }),
    // Lists and responders' answers are from the future, as this clock sees them.
    results.revocationCheck.tlsRevocationOffline(),
  ],
});
