import type { EventOf, LabEvent } from '../../model/evidence/event.js';
import type { Result } from '../../model/verdict/results.js';

/** More of them than this tell nothing new. */
const most = 6;

export type Certificate = EventOf<'tls'>['chain'][number];

/** What decided a failed result, and how the connection came there. */
export interface Decisive {
  result: Result;
  /** Why, in the words of the device, or of the connector. */
  why?: string;
  hops: Hop[];
  /** Certificates that the client saw, leaf first, where the result is one of TLS. */
  chain: Certificate[];
  /** Certificates of the same host before the change. */
  chainBefore: Certificate[];
}

/** One line of a packet tracer. */
export interface Hop {
  where: string;
  /** `CONNECT`, or what the device did. */
  what: string;
  rule?: string;
  /** Place of the rule in the device's list, from 1; absent for a default. */
  number?: number;
  text: string;
  /** The line of the device's own log. */
  log?: string;
  decides: boolean;
  /** The line of evidence. */
  event: string;
}

/** The decisions behind the results that failed: one for each rule, and for each operation that a default stopped. */
export function decisivesOf(results: readonly Result[], events: readonly LabEvent[]): Decisive[] {
  const failed = results.filter(({ result }) => result !== 'ok' && result !== 'not-attempted');
  const different = new Map<string, Result>();
  for (const result of failed.length > 0 ? failed : results.filter((one) => one.result !== 'ok')) {
    const { device, rule, operation } = result;
    const place = rule === undefined || /^(.*: )?default \w+$/.test(rule) ? operation : '';
    const key = JSON.stringify([device, rule, place]);
    if (!different.has(key)) different.set(key, result);
  }
  return [...different.values()].slice(0, most).map((result) => decisiveOf(result, events));
}

function decisiveOf(result: Result, events: readonly LabEvent[]): Decisive {
  const ids = new Set(result.events);
  const inChange = events.filter(({ phase }) => phase === 'change');
  const decision = inChange.find(isKind('decision', ({ id }) => ids.has(id)));
  const attempt = inChange.find(isKind('attempt', ({ id }) => ids.has(id)));
  const why = decision?.explanation ?? result.detail;
  const connection = decision?.connection ?? attempt?.because ?? attempt?.connection;
  const seen = inChange.find(
    isKind('tls', ({ side, connection }) => side === 'client' && connection === attempt?.connection),
  );
  const before = events.find(
    isKind('tls', ({ phase, side, host }) => phase === 'control' && side === 'client' && host === seen?.host),
  );
  const aboutTls = result.result.startsWith('tls-');
  return {
    result,
    ...(why !== undefined && { why }),
    hops: connection === undefined ? [] : hopsOf(connection, inChange, decision?.id, new Set()),
    chain: aboutTls ? (seen?.chain ?? []) : [],
    chainBefore: aboutTls ? (before?.chain ?? []) : [],
  };
}

/** `walked` holds against evidence whose connections are each other's parents. */
function hopsOf(
  connection: string,
  events: readonly LabEvent[],
  decider: string | undefined,
  walked: Set<string>,
): Hop[] {
  if (walked.has(connection)) return [];
  walked.add(connection);
  const opened = events.find(isKind('connection', (event) => event.connection === connection));
  const before = opened?.parent === undefined ? [] : hopsOf(opened.parent, events, decider, walked);
  const decisions = events.filter(isKind('decision', (event) => event.connection === connection));
  return [
    ...before,
    ...(opened ? [start(opened)] : []),
    ...decisions.map(({ id, device, action, rule, explanation, log }) => ({
      where: device,
      what: action.toUpperCase(),
      rule,
      ...numberIn(explanation),
      text: explanation,
      ...(log !== undefined && { log }),
      decides: id === decider,
      event: id,
    })),
  ];
}

/** Firewalls of every engine say which of their rules it was. */
function numberIn(explanation: string): { number?: number } {
  const [, number] = /^rule (\d+) fits /.exec(explanation) ?? [];
  return number === undefined ? {} : { number: Number(number) };
}

function start({ id, machine, account, host, address, port }: EventOf<'connection'>): Hop {
  const as = account === undefined ? '' : `${account} `;
  return {
    where: machine,
    what: 'CONNECT',
    text: `${as}→ ${host} (${address}) port ${port}`,
    decides: false,
    event: id,
  };
}

function isKind<K extends LabEvent['kind']>(kind: K, test: (event: EventOf<K>) => boolean) {
  return (event: LabEvent): event is EventOf<K> => event.kind === kind && test(event as EventOf<K>);
}
