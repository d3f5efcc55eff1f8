import type { LabEvent } from '../evidence/event.js';
import { internetOf } from '../path/public-host.js';
import type { Site } from '../site/schema.js';
import { assemble, summarise } from './assemble.js';
import { checkOfFailedLab, checkSiteLived } from './check-of.js';
import type { CheckResults } from './check-results.js';
import { compareResults } from './compare.js';
import { requirementsInSite } from './requirements-in-site.js';
import type { RunResults, ScenarioResults } from './results.js';
import { resultsOf } from './results-of.js';
import type { RunLog } from './run-log.js';

/** What the log of `check` says about the site in question: the life that was lived, and the walk through it. */
export function siteVerdict(log: RunLog): RunResults {
  const key = log.run.check ?? '';
  const site = log.sites.get(key);
  const [repetition] = log.repetitions;
  const results = assemble(log, []);
  if (!site || !repetition?.ended) return results;
  const { events, ended } = repetition;
  const internet = internetOf(log.internet ?? []);
  const check =
    ended.error === undefined ? checkSiteLived({ site, internet, events }) : checkOfFailedLab(ended.error);
  const scenario: ScenarioResults = {
    id: 'check',
    title: `A whole connector life through "${site.site}"`,
    proves: [],
    outcome: check.outcome === 'works' ? 'passed' : 'failed',
    ...(check.outcome !== 'works' && { reason: reasonOf(check) }),
    ...(check.outcome === 'lab-failed' && { labFailed: true }),
    durationMs: ended.durationMs,
    site: key,
    phases: phasesOf(site, events),
  };
  return {
    ...results,
    summary: summarise([scenario]),
    scenarios: [scenario],
    requirements: requirementsInSite({ site, events, check }),
    check,
    sites: { [key]: site },
  };
}

function phasesOf(site: Site, events: readonly LabEvent[]): ScenarioResults['phases'] {
  const firstServer = site.servers[0]?.name ?? '';
  return (['control', 'change'] as const).map((phase) => {
    const inPhase = events.filter((event) => event.phase === phase);
    const { results } = compareResults(resultsOf(inPhase), [], firstServer);
    return { phase, ...(phase === 'change' && { change: site.site }), results, observations: [] };
  });
}

function reasonOf({ outcome, requests, incurable, differences, notJudged }: CheckResults): string {
  if (outcome === 'control-failed') return 'not even the documented site works in this lab';
  const [difference] = differences;
  if (outcome === 'lab-failed') return `the lab failed: ${difference?.words}`;
  if (outcome === 'contradiction' && difference) return difference.words;
  const isKnown = outcome !== 'undetermined';
  const found = isKnown ? [...requests, ...incurable] : notJudged;
  const ids = new Set(found.flatMap(({ requirements }) => requirements));
  return `${isKnown ? 'broken' : 'not judged'}: ${[...ids].join(', ')}`;
}
