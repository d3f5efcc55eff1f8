import type { LabEvent } from '../evidence/event.js';
import { assemble, type JudgedPlaying } from './assemble.js';
import { judgeEnded } from './judge-ended.js';
import type { RunResults } from './results.js';
import type { Playing, RunLog } from './run-log.js';
import { siteVerdict } from './site-verdict.js';

/** What a run's log says, and nothing else: the same log gives the same results. */
export function judgeLog(log: RunLog): RunResults {
  return log.run.check === undefined ? assemble(log, judgePlayings(log)) : siteVerdict(log).results;
}

function judgePlayings({ playings, sites }: RunLog): JudgedPlaying[] {
  return playings.flatMap((playing): JudgedPlaying[] => {
    const { begun, events, ended } = playing;
    const site = sites.get(begun.site);
    if (!ended || !site) return [];
    const { scenario: id, title, proves, claim } = begun;
    return [{ playing, results: judgeEnded({ id, title, proves, site, ...claim }, events, ended) }];
  });
}

/** The events that the results cite: of repeated scenarios, those of the repetition that is shown. */
export function citedEvents(results: RunResults, playings: readonly Playing[]): LabEvent[] {
  const shown = new Map(results.scenarios.map(({ id, shown = 1 }) => [id, shown]));
  return playings.flatMap(({ begun, events }) =>
    shown.get(begun.scenario) === (begun.repetition ?? 1) ? events : [],
  );
}
