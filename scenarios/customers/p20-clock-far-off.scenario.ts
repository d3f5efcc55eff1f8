import { documentedSite, results, scenarios, serverFacts } from '../../harness/index.js';

const day = 24 * 3_600_000;
const host = '*.bootstrap.msappproxy.net';

/** P20: a clock that is minutes off does no harm; one that is a year off is told by the dates of certificates. */
export default scenarios(
  [
    {
      row: 'minutes slow',
      skew: -4 * 60_000,
      what: 'four minutes slow: tokens and certificates are good all the same',
      seen: [results.bootstrap.ok(), results.listen.ok(), results.deliver.ok(), results.revocationCheck.ok()],
    },
    {
      row: 'a year fast',
      skew: 400 * day,
      what: 'more than a year fast: certificates have expired',
      seen: [results.bootstrap.tlsExpired({ host })],
    },
    {
      row: 'years slow',
      skew: -4000 * day,
      what: 'years slow: certificates are not valid yet',
      seen: [results.bootstrap.tlsNotYetValid({ host })],
    },
  ],
  ({ row, skew, what, seen }) => ({
    row,
    title: `The server's clock is ${what}`,
    proves: 'hidden/clock',
    site: documentedSite(),
    change: serverFacts(`clock ${row}`, { 'clock-skew': skew }, [
      { kind: 'operation', operation: 'bootstrap' },
    ]),
    expect: seen,
  }),
);
