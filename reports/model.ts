import type { EventOf, LabEvent } from '../harness/evidence/event.js';
import type { Phase } from '../harness/evidence/vocabulary.js';
import type { Site } from '../harness/site/schema.js';
import type { RequirementResults, Result, RunResults, ScenarioResults } from '../harness/verdict/results.js';

/** What the pages show, worked out from results and evidence. Rendering adds nothing to it. */
export interface ReportModel {
  results: RunResults;
  scenarios: ScenarioModel[];
}

export interface ScenarioModel {
  scenario: ScenarioResults;
  /** Unique in the page, fit for a link. */
  anchor: string;
  requirements: RequirementResults[];
  site?: Site;
  /** Results of the change phase, the failed first: the rows of the picture. */
  rows: Result[];
  /** The decision behind the first failed result, and how the connection came there. */
  decisive?: Decisive;
  timeline: LabEvent[];
  /** Events that the timeline leaves out. */
  omitted: number;
}

export interface Decisive {
  result: Result;
  decision?: EventOf<'decision'>;
  hops: Hop[];
  /** Certificates that the client saw, leaf first, where it came to TLS. */
  chain: { subject: string; issuer: string; notAfter: string }[];
}

export interface Hop {
  where: string;
  what: string;
  text: string;
  decides: boolean;
}

/** More rows than this make the picture unreadable. */
const mostRows = 10;

export function buildModel(results: RunResults, events: readonly LabEvent[]): ReportModel {
  const byScenario = groupByScenario(events);
  const requirements = new Map(results.requirements.map((one) => [one.id, one]));
  return {
    results,
    scenarios: results.scenarios.map((scenario) => {
      const own = byScenario.get(scenario.id) ?? [];
      const timeline = own.filter(isTelling);
      const change = scenario.phases.find(({ phase }) => phase === 'change')?.results ?? [];
      const rows = [...change]
        .sort((a, b) => Number(a.result === 'ok') - Number(b.result === 'ok'))
        .slice(0, mostRows);
      const site = scenario.site ? (results.sites[scenario.site] as Site | undefined) : undefined;
      const decisive = decisiveOf(rows, own, 'change');
      return {
        scenario,
        anchor: anchorOf(scenario.id),
        requirements: scenario.proves.flatMap((id) => requirements.get(id) ?? []),
        ...(site && { site }),
        rows,
        ...(decisive && { decisive }),
        timeline,
        omitted: own.length - timeline.length,
      };
    }),
  };
}

/** An id as a link's target. */
export function anchorOf(id: string): string {
  return `s-${id.replace(/[^A-Za-z0-9-]+/g, '_')}`;
}

/** Leaves out what only says that something went as it should, again. */
function isTelling(event: LabEvent): boolean {
  if (event.kind === 'decision') return event.action !== 'allow';
  if (event.kind === 'connection' || event.kind === 'dns')
    return event.kind === 'dns' && event.outcome !== 'ok';
  if (event.kind === 'revocation') return !event.cached && event.outcome !== 'ok';
  if (event.kind === 'tls')
    return event.phase === 'change' && (event.side === 'client' || event.outcome !== 'ok');
  if (event.kind === 'cloud') return event.phase === 'change' || event.status >= 400;
  if (event.kind === 'attempt') return event.phase === 'change' || event.outcome !== 'ok';
  return true;
}

function decisiveOf(
  rows: readonly Result[],
  events: readonly LabEvent[],
  phase: Phase,
): Decisive | undefined {
  const result =
    rows.find((row) => row.result !== 'ok' && row.device) ?? rows.find((row) => row.result !== 'ok');
  if (!result) return undefined;
  const ids = new Set(result.events);
  const own = events.filter((event) => event.phase === phase);
  const decision = own.find(
    (event): event is EventOf<'decision'> => event.kind === 'decision' && ids.has(event.id),
  );
  const attempt = own.find(
    (event): event is EventOf<'attempt'> => event.kind === 'attempt' && ids.has(event.id),
  );
  const connection = decision?.connection ?? attempt?.because ?? attempt?.connection;
  const tls = own.find(
    (event): event is EventOf<'tls'> =>
      event.kind === 'tls' && event.side === 'client' && event.connection === attempt?.connection,
  );
  return {
    result,
    ...(decision && { decision }),
    hops: connection ? hopsOf(connection, own, decision?.id) : [],
    chain: tls?.chain ?? [],
  };
}

/** The way of a connection, hop by hop, as a packet tracer prints it. */
function hopsOf(connection: string, events: readonly LabEvent[], decider: string | undefined): Hop[] {
  const opened = events.find(
    (event): event is EventOf<'connection'> => event.kind === 'connection' && event.connection === connection,
  );
  const first = opened?.parent ? hopsOf(opened.parent, events, decider) : [];
  const start: Hop[] = opened
    ? [
        {
          where: opened.machine,
          what: 'CONNECT',
          text: `${opened.account ? `${opened.account} ` : ''}to ${opened.host} (${opened.address}) port ${opened.port}`,
          decides: false,
        },
      ]
    : [];
  const decisions = events.filter(
    (event): event is EventOf<'decision'> => event.kind === 'decision' && event.connection === connection,
  );
  return [
    ...first,
    ...start,
    ...decisions.map((event) => ({
      where: event.device,
      what: event.action.toUpperCase(),
      text: `rule "${event.rule}": ${event.explanation}`,
      decides: event.id === decider,
    })),
  ];
}

function groupByScenario(events: readonly LabEvent[]): Map<string, LabEvent[]> {
  const groups = new Map<string, LabEvent[]>();
  for (const event of events) {
    const group = groups.get(event.scenario);
    if (group) group.push(event);
    else groups.set(event.scenario, [event]);
  }
  return groups;
}
