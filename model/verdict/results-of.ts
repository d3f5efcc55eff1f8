import type { EventOf, LabEvent } from '../evidence/event.js';
import { type Decision, EvidenceIndex } from '../evidence/evidence-index.js';
import { type Device, type Operation, operations, type ResultName } from '../evidence/vocabulary.js';
import { isProxyMachine } from '../site/proxies.js';

/** A result before it is compared with an expectation. */
export interface FoundResult {
  operation: Operation;
  result: ResultName;
  server: string;
  host?: string;
  port?: number;
  device?: Device;
  rule?: string;
  detail?: string;
  events: string[];
}

/** What need not be why an attempt failed: a fault of the cloud or of a name would say more. */
const uncertain: readonly Decision['action'][] = ['inspect', 'lose', 'present'];

type Attempt = EventOf<'attempt'>;
type Ended = EventOf<'operation'>;

/**
 * What the lab knows of one phase: what the connectors saw (every failed attempt, and how each operation
 * ended), with the device and rule from the decisions about the attempt's connection and a closer name,
 * none of which the connector itself can know. Equal results are one, with the events of all.
 */
export function resultsOf(events: readonly LabEvent[]): FoundResult[] {
  const index = new EvidenceIndex(events);
  const found = new Map<string, FoundResult>();
  const add = (result: FoundResult) => {
    const key = JSON.stringify([
      result.server,
      result.operation,
      result.result,
      result.host,
      result.port,
      result.device,
      result.rule,
    ]);
    const known = found.get(key);
    if (known) known.events.push(...result.events.filter((id) => !known.events.includes(id)));
    else found.set(key, result);
  };
  for (const event of events)
    if (event.kind === 'attempt' && event.outcome !== 'ok') add(explain(event, index));
  for (const event of events) if (event.kind === 'operation') add(explain(event, index));
  return [...found.values()].sort(
    (a, b) => operations.indexOf(a.operation) - operations.indexOf(b.operation),
  );
}

/** What one event says, with who decided. */
export function explain(event: Attempt | Ended, index: EvidenceIndex): FoundResult {
  const base: FoundResult = {
    operation: event.operation,
    result: event.outcome,
    server: event.machine,
    events: [event.id],
  };
  if (event.outcome === 'ok') return base;
  const place = { host: event.host, port: event.port, detail: detailOf(event) };
  if (event.outcome.startsWith('dns-'))
    return { ...base, ...place, ...resolverOf(event, index, base.events) };
  const connection = event.because ?? event.connection;
  if (connection === undefined && event.outcome === 'proxy-unreachable')
    return { ...base, ...place, ...proxyNameOf(event, index, base.events) };
  if (connection === undefined) return { ...base, ...place, ...factOf(event, index, base.events) };
  const decision = index.deciding(connection);
  const certain = decision && !uncertain.includes(decision.action);
  // Whatever stops packets to an address that is not the host's: whoever gave the address is to blame.
  const misled = misleading(connection, index);
  if (misled)
    return {
      ...base,
      ...place,
      result: 'dns-wrong-answer',
      device: misled.device,
      rule: misled.rule,
      events: [...base.events, misled.id],
    };
  const fault = certain ? undefined : faultOf(connection, index);
  if (fault)
    return { ...base, ...place, device: 'cloud', rule: fault.fault, events: [...base.events, fault.id] };
  if (!decision) return { ...base, ...place, result: refine(event, undefined, index) };
  return {
    ...base,
    ...place,
    result: refine(event, decision, index),
    device: decision.device,
    rule: decision.rule,
    events: [...base.events, decision.id],
  };
}

function detailOf(event: Attempt | Ended): string | undefined {
  return event.kind === 'operation' && event.prerequisite ? `needs ${event.prerequisite}` : event.detail;
}

/** How a client sees a refusal of its connection; of a proxy's it hears that the connection was refused. */
const refusals: readonly ResultName[] = ['tcp-reset', 'tcp-drop', 'tcp-reject'];

/**
 * Names the result more closely than the connector could: a reset on a name in the ClientHello, an
 * idle entry forgotten, a client certificate that did not arrive.
 */
function refine(event: Attempt | Ended, decision: Decision | undefined, index: EvidenceIndex): ResultName {
  const { outcome } = event;
  if (decision?.byName && refusals.includes(outcome)) return 'sni-block';
  if (decision?.action === 'expire') return 'idle-timeout';
  // A proxy that is reset says that it was refused.
  if (decision?.action === 'reset' && outcome === 'tcp-reject') return 'tcp-reset';
  if (outcome === 'http-unauthorized' && event.connection && certificateMissing(event.connection, index))
    return 'tls-client-certificate-lost';
  return outcome;
}

function certificateMissing(connection: string, index: EvidenceIndex): boolean {
  const family = index.family(connection);
  return index
    .of('cloud')
    .some(
      (event) =>
        event.status === 403 &&
        event.clientCertificate === 'missing' &&
        event.connection !== undefined &&
        family.includes(event.connection),
    );
}

function resolverOf(event: Attempt | Ended, index: EvidenceIndex, ids: string[]): Partial<FoundResult> {
  const answer = index.of('dns').findLast(
    ({ outcome, name, machine }) =>
      name === event.host &&
      (machine === event.machine
        ? outcome === event.outcome
        : // What a proxy could not resolve, it reports to whoever asked it; not every one says how.
          isProxyMachine(machine) && outcome.startsWith('dns-')),
  );
  if (!answer) return {};
  const { outcome: result, device, rule, id } = answer;
  return { result, device, rule, events: [...ids, id] };
}

/** Who kept the proxy’s name from whoever wanted to use it: the failure names it. */
function proxyNameOf(event: Attempt | Ended, index: EvidenceIndex, ids: string[]): Partial<FoundResult> {
  const answer = index
    .of('dns')
    .findLast(
      ({ outcome, machine, name }) =>
        outcome !== 'ok' && machine === event.machine && ` ${event.detail}`.includes(` ${name}: `),
    );
  return answer ? { device: answer.device, rule: answer.rule, events: [...ids, answer.id] } : {};
}

/** The wrong answer of a resolver by which a connection went where it went. */
function misleading(connection: string, index: EvidenceIndex): EventOf<'dns'> | undefined {
  const family = index.family(connection);
  const opened = index.of('connection').filter((event) => family.includes(event.connection));
  return index
    .of('dns')
    .findLast(
      (dns) =>
        dns.outcome === 'dns-wrong-answer' &&
        opened.some(
          ({ machine, host, address }) =>
            machine === dns.machine && host === dns.name && dns.addresses.includes(address),
        ),
    );
}

function faultOf(connection: string, index: EvidenceIndex): EventOf<'fault'> | undefined {
  const family = index.family(connection);
  return index
    .of('fault')
    .find((fault) => fault.connection !== undefined && family.includes(fault.connection));
}

/** A refusal without a connection: the fact of the server that was not as needed. */
function factOf(event: Attempt | Ended, index: EvidenceIndex, ids: string[]): Partial<FoundResult> {
  const fact = index.of('prerequisite').findLast((fact) => !fact.met && fact.machine === event.machine);
  if (!fact) return {};
  return { device: 'server', rule: fact.fact, events: [...ids, fact.id] };
}
