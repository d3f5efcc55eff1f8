import type { LabEvent } from '../evidence/event.js';
import { catalogue } from '../requirements/catalogue.js';
import type { Site } from '../site/schema.js';
import { assemble, summarise } from './assemble.js';
import { compareResults } from './compare.js';
import { verdictOn } from './coverage.js';
import { requirementsOf, shownBy } from './requirements-of.js';
import type { RequirementResults, RunResults, ScenarioResults } from './results.js';
import { type FoundResult, resultsOf } from './results-of.js';
import type { RunLog } from './run-log.js';

/** One broken requirement of a site: which result broke it. */
export interface Broken {
  requirement: RequirementResults;
  result: FoundResult;
}

export interface SiteVerdict {
  results: RunResults;
  broken: Broken[];
}

/** What the log of `check` says about the site in question. */
export function siteVerdict(log: RunLog): SiteVerdict {
  const key = log.run.check ?? '';
  const site = log.sites.get(key);
  const [repetition] = log.repetitions;
  const results = assemble(log, []);
  if (!site || !repetition?.ended) return { results, broken: [] };
  const { scenario: found, requirements, broken } = verdictOf(site, repetition.events);
  const { durationMs } = repetition.ended;
  const scenario: ScenarioResults = { ...found, durationMs, site: key };
  return {
    results: {
      ...results,
      summary: summarise([scenario]),
      scenarios: [scenario],
      requirements,
      sites: { [key]: site },
    },
    broken,
  };
}

function verdictOf(site: Site, events: readonly LabEvent[]) {
  const firstServer = site.servers[0]?.name ?? '';
  const phases = (['control', 'change'] as const).map((phase) => {
    const inPhase = events.filter((event) => event.phase === phase);
    const { results } = compareResults(resultsOf(inPhase), [], firstServer);
    return { phase, ...(phase === 'change' && { change: site.site }), results, observations: [] };
  });
  const inSite = events.filter((event) => event.phase === 'change');
  // What was not attempted only follows from another failure, which has a result of its own.
  const failures = resultsOf(inSite).filter(({ result }) => result !== 'ok' && result !== 'not-attempted');
  const shown = shownBy(inSite, site);
  // One host missing does not close the port: others came through it.
  const isOpenPort = (id: string) => id.startsWith('ports/outbound-') && shown.has(id);
  const causes = failures.map((result) => ({
    result,
    ids: requirementsOf(result, site).filter((id) => !isOpenPort(id)),
  }));
  const requirements = catalogue.map((requirement) => {
    const { id } = requirement;
    const isBroken = causes.some(({ ids }) => ids.includes(id));
    const verdict = isBroken ? 'broken' : shown.has(id) ? 'holds' : 'unproven';
    return verdictOn(requirement, verdict, verdict === 'unproven' ? [] : ['check']);
  });
  const broken = causes.flatMap(({ result, ids }) =>
    ids.flatMap((id): Broken[] => {
      const requirement = requirements.find((one) => one.id === id);
      return requirement ? [{ requirement, result }] : [];
    }),
  );
  const failed = broken.some(({ requirement }) => requirement.strength === 'must');
  const reason = failed
    ? `broken: ${[...new Set(broken.map(({ requirement }) => requirement.id))].join(', ')}`
    : undefined;
  const scenario = {
    id: 'check',
    title: `A whole connector life through "${site.site}"`,
    proves: [],
    outcome: failed ? ('failed' as const) : ('passed' as const),
    ...(reason && { reason }),
    phases,
  };
  return { scenario, requirements, broken };
}
