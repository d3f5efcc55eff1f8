import type { Engine } from '../engines/engine.js';
import type { LabEvent } from '../evidence/event.js';
import { type Operation, operations } from '../evidence/vocabulary.js';
import { catalogue, edition } from '../requirements/catalogue.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Step } from '../scenario/step.js';
import { completeSite } from '../site/complete.js';
import type { Site } from '../site/schema.js';
import { compareResults } from '../verdict/compare.js';
import { requirementsOf, shownBy } from '../verdict/requirements-of.js';
import { type RequirementResults, type RunResults, resultsSchemaName } from '../verdict/results.js';
import { type FoundResult, resultsOf } from '../verdict/results-of.js';
import { keyOf, Output } from './output.js';
import { play } from './play.js';
import { summarise } from './run.js';

export interface CheckOptions {
  engine: Engine;
  /** Folder for events.jsonl, results.json and the artefacts. */
  out: string;
  signal?: AbortSignal;
  artefacts?(results: RunResults, events: readonly LabEvent[]): Record<string, string>;
}

/** One broken requirement of a site: which result broke it. */
export interface Broken {
  requirement: RequirementResults;
  result: FoundResult;
}

export interface CheckResults {
  results: RunResults;
  broken: Broken[];
}

/** Longer than any keep-alive, shorter than any token. Milliseconds of lab time. */
const pauseMs = 10 * 60_000;

const life = operations;

/**
 * Takes a connector through its whole life in the documented site (the control), then through every
 * operation again in the customer's. What the connector has from the control (registration,
 * certificate) stays, so that one mistake does not hide the next.
 */
export async function checkSite(site: Site, options: CheckOptions): Promise<CheckResults> {
  const started = Date.now();
  await using output = await Output.open(options.out);
  const scenario = asScenario(site);
  const events = await play(scenario, options.engine, { startAt: started, signal: options.signal });
  const verdict = verdictOf(site, events);
  const durationMs = Date.now() - started;
  const key = keyOf(site);
  const scenarioResults = { ...verdict.scenario, durationMs, site: key };
  const results: RunResults = {
    schema: resultsSchemaName,
    engine: options.engine.name,
    edition,
    startedAt: new Date(started).toISOString(),
    durationMs,
    summary: summarise([scenarioResults]),
    scenarios: [scenarioResults],
    requirements: verdict.requirements,
    sites: { [key]: site },
  };
  await output.append(events);
  await output.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
  for (const [name, text] of Object.entries(options.artefacts?.(results, events) ?? {}))
    await output.write(name, text);
  await output.commit();
  return { results, broken: verdict.broken };
}

/** The documented site around the same servers, tenant and applications. */
function asDocumented(site: Site): Site {
  return completeSite({
    site: `${site.site}, as documented`,
    servers: site.servers.map(({ name, services }) => ({ name, services })),
    cloud: { environment: site.cloud.environment, region: site.cloud.region },
    tenant: site.tenant,
    applications: site.applications.map((application) => ({ ...application, state: 'running' as const })),
    'connector-groups': site['connector-groups'],
    resolver: { zones: site.resolver.zones },
  });
}

function asScenario(site: Site): Scenario {
  const steps = site.servers.flatMap(({ name }) =>
    life.flatMap((operation) => stepsOf(name, operation, site)),
  );
  return {
    id: 'check',
    title: `A whole connector life through "${site.site}"`,
    proves: [],
    site: asDocumented(site),
    change: [{ describe: site.site, apply: () => site, exercised: [] }],
    expect: [],
    script: { control: steps, change: steps, restore: [] },
  };
}

/** One operation; requests are made twice, with a pause between them that a line must survive. */
function stepsOf(server: string, operation: Operation, site: Site): Step[] {
  const operate: Step = { do: 'operate', server, operation };
  if (operation !== 'deliver') return [operate];
  const requests = [
    ...site.applications.map(({ external }): Step => ({ do: 'visit', url: external })),
    operate,
  ];
  return [...requests, { do: 'pass', ms: pauseMs }, ...requests];
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
  const requirements = catalogue.map((requirement): RequirementResults => {
    const { id, statement, section, strength, hidden, interpreted } = requirement;
    const isBroken = causes.some(({ ids }) => ids.includes(id));
    return {
      ...{ id, statement, section, strength, hidden },
      ...(interpreted && { interpreted }),
      verdict: isBroken ? 'broken' : shown.has(id) ? 'holds' : 'unproven',
      provedBy: isBroken || shown.has(id) ? ['check'] : [],
    };
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
