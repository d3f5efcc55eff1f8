import { assemble, type JudgedRepetition } from './assemble.js';
import { judgeEnded } from './judge-ended.js';
import type { EvidenceOf } from './kept-events.js';
import type { RunResults } from './results.js';
import type { Repetition, RunLog } from './run-log.js';
import { siteVerdict } from './site-verdict.js';

/** What a run's log says, and nothing else: the same log gives the same results. */
export function judgeLog(log: RunLog): RunResults {
  return log.run.check === undefined ? assemble(log, judgeRepetitions(log)) : siteVerdict(log);
}

function judgeRepetitions({ repetitions, sites }: RunLog): JudgedRepetition[] {
  return repetitions.flatMap((repetition): JudgedRepetition[] => {
    const { begun, events, ended } = repetition;
    const site = sites.get(begun.site);
    if (!ended || !site) return [];
    const { scenario: id, title, proves, measured, claim } = begun;
    return [
      {
        repetition,
        results: judgeEnded(
          { id, title, proves, ...(measured && { measured }), site, ...claim },
          events,
          ended,
        ),
      },
    ];
  });
}

/** The evidence that the results cite: of repeated scenarios, that of the repetition that is shown. */
export function citedEvidence(results: RunResults, repetitions: readonly Repetition[]): EvidenceOf {
  const shown = new Map(results.scenarios.map(({ id, shown = 1 }) => [id, shown]));
  const cited = new Map(
    repetitions.flatMap((one) => {
      const { scenario, repetition = 1 } = one.begun;
      return shown.get(scenario) === repetition ? [[scenario, one] as const] : [];
    }),
  );
  return (scenario) => cited.get(scenario)?.events ?? [];
}
