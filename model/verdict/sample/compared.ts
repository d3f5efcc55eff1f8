import { compareWithBaseline } from '../baseline.js';
import { foldRepetitions } from '../repetitions.js';
import type { RunResults, ScenarioResults } from '../results.js';
import { type Sample, sample } from './sample.js';

const untrusted = 'change: expected tls-untrusted-issuer by inspector, observed tcp-drop by edge-firewall';
const reset = 'change: expected tls-untrusted-issuer by inspector, observed tcp-reset by edge-firewall';

/** A run beside an earlier one: each kind of difference once, as the comparison itself tells them. */
export function comparedSample(): Sample {
  const { results, events } = sample();
  const one = maker(results);
  const before = [
    one('hosts/broken-now'),
    one('tls/other-reason', 'failed', untrusted),
    one('tls/over', 'failed', untrusted),
    one('link/not-run'),
    one('tls/known', 'failed', untrusted),
    one('hosts/fixed', 'failed', untrusted),
    one('hosts/slow', 'passed', undefined, 900),
    one('hosts/same'),
  ];
  const now = [
    one('hosts/broken-now', 'failed', untrusted),
    one('tls/other-reason', 'failed', reset),
    one('tls/over', 'failed', untrusted),
    one('link/not-run', 'skipped', 'the embedded engine cannot lose packets'),
    one('tls/declared', 'failed', untrusted),
    one('tls/known', 'failed', untrusted),
    one('hosts/fixed'),
    one('hosts/slow', 'passed', undefined, 12_840),
    one('hosts/same'),
  ];
  const baseline = { ...results, startedAt: '2026-11-17T00:04:55.613Z', scenarios: before };
  const compared = compareWithBaseline(
    { ...results, scenarios: now, summary: { passed: 3, failed: 5, skipped: 1, flaky: 0 } },
    {
      baseline,
      expected: new Map([
        ['tls/declared', { reason: 'proxy team, ticket 4711', until: '2027-01-31' }],
        ['tls/over', { reason: 'proxy team, ticket 4700', until: '2026-11-01' }],
      ]),
      slowerFactor: 2,
    },
  );
  return { results: compared, events };
}

/** Every scenario five times: one always passes, one always fails, one differs in why and how often. */
export function repeatedSample(): Sample {
  const { results, events } = sample();
  const one = maker(results);
  const five = (id: string, reasons: readonly (string | undefined)[]) =>
    foldRepetitions(
      reasons.map((reason, at) => ({
        number: at + 1,
        results: one(id, reason === undefined ? 'passed' : 'failed', reason, 160 + at),
      })),
    );
  const scenarios = [
    five('verify/signalling', [undefined, untrusted, undefined, reset, untrusted]),
    five('hosts/steady', [undefined, undefined, undefined, undefined, undefined]),
    five('tls/always', [reset, reset, reset, reset, reset]),
  ];
  return {
    results: { ...results, repeat: 5, scenarios, summary: { passed: 1, failed: 1, skipped: 0, flaky: 1 } },
    events,
  };
}

/** A run whose process was killed, and of which one shard is not there. */
export function partialSample(): Sample {
  const { results, events } = sample();
  const missing = {
    why: 'killed',
    underWay: ['tls/products#squid, client certificate lost'],
    notStarted: ['verify/active-label', 'verify/event-log'],
    shards: [2],
  } as const;
  return {
    results: {
      ...results,
      partial: true,
      missing: {
        ...missing,
        underWay: [...missing.underWay],
        notStarted: [...missing.notStarted],
        shards: [...missing.shards],
      },
    },
    events,
  };
}

/** Scenarios like the first of the sample; what failed did so in one result after the change. */
function maker({ scenarios }: RunResults) {
  const [like] = scenarios;
  if (!like) throw new Error('the sample has no scenario');
  return (
    id: string,
    outcome: 'passed' | 'failed' | 'skipped' = 'passed',
    reason?: string,
    durationMs = 161,
  ): ScenarioResults => ({
    ...like,
    id,
    title: `${like.title}, ${id}`,
    outcome,
    durationMs,
    ...(reason !== undefined && { reason }),
    phases:
      outcome === 'skipped'
        ? []
        : like.phases.map((phase) => ({
            ...phase,
            results: phase.results.map((result) => ({
              ...result,
              ...(outcome === 'failed' &&
                phase.phase === 'change' &&
                result.events.length > 0 && {
                  matched: false,
                  result: reason === reset ? ('tcp-reset' as const) : result.result,
                }),
            })),
          })),
  });
}
