import { type Operation, operations } from '../../model/evidence/vocabulary.js';
import { serversOfGroup } from '../../model/repair/groups.js';
import { privatePlaces } from '../../model/repair/inside.js';
import { editionFor } from '../../model/requirements/editions/index.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import type { Step } from '../../model/scenario/step.js';
import type { Site } from '../../model/site/schema.js';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import { LogBuilder, type LogLine, logSchemaName } from '../../model/verdict/run-log.js';
import { siteVerdict } from '../../model/verdict/site-verdict.js';
import { CannotError, type Engine } from '../engines/engine.js';
import { internetHosts } from '../engines/internet.js';
import { asDocumented } from './documented.js';
import { type Artefacts, keyOf, Output } from './output.js';
import type { PlayOptions } from './play.js';
import { runScenario } from './run-scenario.js';

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

/**
 * Takes a connector through its whole life in the documented site (the control), then through every
 * operation again in the customer's. What the connector has from the control (registration,
 * certificate) stays, so that one mistake does not hide the next.
 */
export async function checkSite(site: Site, options: CheckOptions): Promise<RunResults> {
  const { engine, signal, onStep } = options;
  const started = Date.now();
  const begun = performance.now();
  await using output = await Output.open(options.out);
  const log = new LogBuilder();
  const write = (lines: readonly LogLine[]) => {
    for (const line of lines) log.add(line);
    return output.append(lines);
  };
  const scenario = wholeLife(site);
  const { id, title, proves } = scenario;
  const [check, control] = [keyOf(site), keyOf(scenario.site)];
  await write([
    {
      kind: 'run',
      schema: logSchemaName,
      engine: engine.name,
      edition: editionFor(site).page.date,
      startedAt: new Date(started).toISOString(),
      selected: [id],
      ...(engine.weaknesses?.length && { weaknesses: [...engine.weaknesses] }),
      check,
    },
    { kind: 'site', key: check, site },
    { kind: 'site', key: control, site: scenario.site },
    { kind: 'internet', hosts: internetHosts(site) },
    {
      kind: 'scenario',
      scenario: id,
      title,
      proves: [...proves],
      site: control,
      claim: { change: [], expect: [] },
    },
  ]);
  const { events, ended } = await runScenario(scenario, engine, { startAt: started, signal, onStep });
  if (ended.skipped !== undefined) throw new CannotError(ended.skipped);
  const durationMs = Math.round(performance.now() - begun);
  await write([...events, { kind: 'scenario-end', scenario: id, ...ended }, { kind: 'run-end', durationMs }]);
  const results = siteVerdict(log.log());
  await output.writeResults(results, evidenceOf(events), options.artefacts);
  await output.commit();
  return results;
}

/** The life of every connector of a site: in the documented one first, then in this. */
export function wholeLife(site: Site): Scenario {
  return {
    id: 'check',
    title: `A whole connector life through "${site.site}"`,
    proves: [],
    site: asDocumented(site),
    change: [{ describe: site.site, apply: () => site, exercised: [] }],
    expect: [],
    script: { control: lifeOf(asDocumented(site)), change: lifeOf(site), restore: [] },
  };
}

/** Server after server, each of them alone: while another one listens, requests might all go there. */
export function lifeOf(site: Site): Step[] {
  return site.servers.flatMap(({ name }, index): Step[] => [
    ...operations.flatMap((operation) => stepsOf(name, operation, site)),
    ...(index < site.servers.length - 1
      ? [{ do: 'service', server: name, service: 'connector', to: 'stop' } as const]
      : []),
  ]);
}

/** One operation, with what users do before it; requests are made twice, with a pause that a line must survive. */
function stepsOf(server: string, operation: Operation, site: Site): Step[] {
  const operate: Step = { do: 'operate', server, operation };
  if (operation === 'tunnel') return [operate, ...connections(server, site)];
  if (operation !== 'deliver') return [operate];
  const served = site.applications.filter(({ published, group }) => published && serves(server, group, site));
  const isFirst = site.servers[0]?.name === server;
  const forgotten = site.applications.filter(
    ({ published, group }) => published && isFirst && serversOfGroup(site, group).length === 0,
  );
  // What nobody serves is opened all the same: users see something.
  const visits = [...served, ...forgotten].map(({ external }): Step => ({ do: 'visit', url: external }));
  // Without a request there is nothing to deliver.
  if (served.length === 0) return visits;
  const requests = [...visits, operate];
  return [...requests, { do: 'pass', ms: pauseMs }, ...requests];
}

/** Users connect to every private resource to which a segment leads through this server. */
function connections(server: string, site: Site): Step[] {
  return privatePlaces(site)
    .filter(({ owner }) => serves(server, owner.group, site))
    .map(({ owner, host, port }): Step => {
      const [user] = owner.users ?? [];
      return { do: 'access', host, port, ...(user !== undefined && { user }) };
    });
}

function serves(server: string, group: string, site: Site): boolean {
  return serversOfGroup(site, group).some(({ name }) => name === server);
}
