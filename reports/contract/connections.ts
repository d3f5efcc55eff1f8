import type { EventOf, LabEvent } from '../../model/evidence/event.js';
import { EvidenceIndex } from '../../model/evidence/evidence-index.js';
import type { Environment } from '../../model/requirements/documented-host.js';
import type { Site } from '../../model/site/schema.js';
import type { PhaseResults, Result } from '../../model/verdict/results.js';
import { devicesOf } from './devices.js';
import { documentedName } from './documented-name.js';
import type { Drawing, DrawnConnection } from './report.js';

/** More of them than this are no drawing. */
const most = 40;

/**
 * The site and the connections of each of its phases, those that failed first.
 * @param phases those to draw, with their results
 */
export function drawingOf(
  site: Site,
  phases: readonly Pick<PhaseResults, 'phase' | 'results'>[],
  events: readonly LabEvent[],
): Drawing {
  const drawn = phases.map(({ phase, results }) => ({
    phase,
    connections: connectionsOf(
      results,
      events.filter((event) => event.phase === phase),
      namedIn(results),
      site.cloud.environment,
    ),
  }));
  const seen = new Set(
    drawn.flatMap(({ connections }) =>
      connections.flatMap(({ via, device }) => (device ? [...via, device] : via)),
    ),
  );
  return {
    servers: site.servers.map(({ name, windows }) => ({ name, note: windows })),
    devices: devicesOf(site, seen),
    phases: drawn
      .filter(({ connections }) => connections.length > 0)
      .map(({ phase, connections }) => ({ phase, connections: connections.slice(0, most) })),
  };
}

/** Results by the events that they rest on. */
export function namedIn(results: readonly Result[]): ReadonlyMap<string, Result> {
  return new Map(results.flatMap((result) => result.events.map((id) => [id, result] as const)));
}

/** What the connectors attempted, each kind once; and what failed before any connection. */
function connectionsOf(
  results: readonly Result[],
  events: readonly LabEvent[],
  named: ReadonlyMap<string, Result>,
  environment: Environment,
): DrawnConnection[] {
  const index = new EvidenceIndex(events);
  const drawn = new Map<string, DrawnConnection>();
  const add = (one: DrawnConnection) => {
    const { operations, count, event, ...rest } = one;
    const key = JSON.stringify(rest);
    const known = drawn.get(key);
    if (!known) return drawn.set(key, one);
    known.count += count;
    known.operations.push(...operations.filter((operation) => !known.operations.includes(operation)));
    return drawn;
  };
  const told = new Set<Result>();
  for (const attempt of index.of('attempt')) {
    const result = attempt.outcome === 'ok' ? undefined : named.get(attempt.id);
    if (result) told.add(result);
    add(fromAttempt(attempt, result, index, environment));
  }
  for (const result of results)
    if (!told.has(result) && result.result !== 'ok' && result.result !== 'not-attempted')
      add(fromResult(result));
  return [...drawn.values()].sort((a, b) => Number(a.result === 'ok') - Number(b.result === 'ok'));
}

function fromAttempt(
  attempt: EventOf<'attempt'>,
  result: Result | undefined,
  index: EvidenceIndex,
  environment: Environment,
): DrawnConnection {
  const { machine, account, operation, host, port, because, connection = because, outcome } = attempt;
  const decisions = connection === undefined ? [] : index.decisions(connection);
  const { device, rule } = result ?? {};
  const passed = [...new Set(decisions.map((one) => one.device))].filter((one) => one !== device);
  return {
    server: machine,
    account,
    operations: [operation],
    host: documentedName(host, port, environment).host,
    port,
    via: device === undefined || device === 'cloud' ? passed : [...passed, device],
    result: result?.result ?? outcome,
    ...(device !== undefined && { device, rule }),
    count: 1,
    event: attempt.id,
  };
}

function fromResult({
  server,
  operation,
  host,
  port,
  result,
  device,
  rule,
  events,
}: Result): DrawnConnection {
  return {
    server,
    operations: [operation],
    host,
    port,
    via: device === undefined || device === 'server' || device === 'cloud' ? [] : [device],
    result,
    device,
    rule,
    count: 1,
    event: events[0],
  };
}
