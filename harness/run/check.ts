import { type Operation, operations } from '../../model/evidence/vocabulary.js';
import { edition } from '../../model/requirements/catalogue.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import type { Step } from '../../model/scenario/step.js';
import { completeSite } from '../../model/site/complete.js';
import type { Site } from '../../model/site/schema.js';
import { LogBuilder, type LogLine, logSchemaName } from '../../model/verdict/run-log.js';
import { type SiteVerdict, siteVerdict } from '../../model/verdict/site-verdict.js';
import type { Engine } from '../engines/engine.js';
import { type Artefacts, keyOf, Output } from './output.js';
import { type PlayOptions, play } from './play.js';

export interface CheckOptions {
  engine: Engine;
  /** Folder for events.jsonl, results.json and the artefacts. */
  out: string;
  signal?: AbortSignal;
  onStep?: PlayOptions['onStep'];
  artefacts?: Artefacts;
}

/** Longer than any keep-alive, shorter than any token. Milliseconds of lab time. */
const pauseMs = 10 * 60_000;

const life = operations;

/**
 * Takes a connector through its whole life in the documented site (the control), then through every
 * operation again in the customer's. What the connector has from the control (registration,
 * certificate) stays, so that one mistake does not hide the next.
 */
export async function checkSite(site: Site, options: CheckOptions): Promise<SiteVerdict> {
  const { engine, signal, onStep } = options;
  const started = Date.now();
  const begun = performance.now();
  await using output = await Output.open(options.out);
  const log = new LogBuilder();
  const write = (lines: readonly LogLine[]) => {
    for (const line of lines) log.add(line);
    return output.append(lines);
  };
  const scenario = asScenario(site);
  const { id, title, proves } = scenario;
  const [check, control] = [keyOf(site), keyOf(scenario.site)];
  await write([
    {
      kind: 'run',
      schema: logSchemaName,
      engine: engine.name,
      edition,
      startedAt: new Date(started).toISOString(),
      selected: [id],
      check,
    },
    { kind: 'site', key: check, site },
    { kind: 'site', key: control, site: scenario.site },
    {
      kind: 'scenario',
      scenario: id,
      title,
      proves: [...proves],
      site: control,
      claim: { change: [], expect: [] },
    },
  ]);
  const events = await play(scenario, engine, { startAt: started, signal, onStep });
  const durationMs = Math.round(performance.now() - begun);
  await write([
    ...events,
    { kind: 'scenario-end', scenario: id, durationMs },
    { kind: 'run-end', durationMs },
  ]);
  const verdict = siteVerdict(log.log());
  await output.writeResults(verdict.results, events, options.artefacts);
  await output.commit();
  return verdict;
}

/** The documented site around the same servers, tenant and applications. */
export function asDocumented(site: Site): Site {
  return completeSite({
    site: `${site.site}, as documented`,
    servers: site.servers.map(({ name, services }) => ({ name, services })),
    cloud: { environment: site.cloud.environment, region: site.cloud.region },
    tenant: site.tenant,
    applications: site.applications.map((application) => ({ ...application, state: 'running' as const })),
    'connector-groups': site['connector-groups'],
    resolver: { zones: zonesOfApplications(site) },
  });
}

/** Names of the site's own. Others, which may hide public ones, are the customer's, and part of the change. */
function zonesOfApplications({ resolver, applications }: Site): Site['resolver']['zones'] {
  const hosts = applications.map(({ internal }) => new URL(internal).hostname);
  const isOwn = (zone: string) => hosts.some((host) => host === zone || host.endsWith(`.${zone}`));
  return Object.fromEntries(Object.entries(resolver.zones).filter(([zone]) => isOwn(zone.toLowerCase())));
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
