import type { EventOf, LabEvent } from '../evidence/event.js';
import type { ResultName } from '../evidence/vocabulary.js';
import { type Answer, type Attempt, type Evidence, evidenceSchemaName } from './evidence.js';

/** Results of which only the lab knows why: words about them are about a device. */
const untold: ReadonlySet<ResultName> = new Set([
  'dns-nxdomain',
  'dns-timeout',
  'dns-wrong-answer',
  'tcp-drop',
  'tcp-reject',
  'tcp-reset',
  'proxy-unreachable',
  'sni-block',
  'idle-timeout',
]);
const mostWords = 500;

/**
 * The blindfold: of a lab's events, what the connector servers and their users saw themselves. What devices,
 * resolvers and the cloud wrote is left out, and so is everything in the servers' own events that they could
 * not know: why a connection failed, which rule of a resolver answered, whether an answer was a wrong one.
 */
export function fromEvents(events: readonly LabEvent[]): Evidence {
  const servers = serversIn(events);
  const own = events.filter(({ machine }) => servers.has(machine));
  const of = <K extends LabEvent['kind']>(kind: K, among = own) =>
    among.filter((event): event is EventOf<K> => event.kind === kind);
  return {
    schema: evidenceSchemaName,
    attempts: attemptsOf(own),
    answers: of('dns').map(answerOf),
    operations: of('operation').map(({ id, machine, operation, outcome, prerequisite, detail }) => ({
      ...{ id, server: machine, operation, outcome },
      ...(prerequisite !== undefined && { prerequisite }),
      ...said(outcome, detail),
    })),
    facts: of('prerequisite').map(({ id, machine, fact, found, needed, met }) => ({
      ...{ id, server: machine, fact, found, needed, met },
    })),
    services: of('service').map(({ id, machine, service, state }) => ({
      id,
      server: machine,
      service,
      state,
    })),
    pages: of('visit', [...events]).map(({ id, url, page, status }) => ({ id, url, page, status })),
    accesses: of('access', [...events]).map(({ id, host, port, protocol, outcome }) => ({
      ...{ id, host, port, protocol, outcome },
    })),
  };
}

/** Only connector servers attempt operations. */
function serversIn(events: readonly LabEvent[]): Set<string> {
  return new Set(
    events.flatMap(({ kind, machine }) => (kind === 'attempt' || kind === 'operation' ? [machine] : [])),
  );
}

/** Attempts, each with what the same server saw of its connection and of its name. */
function attemptsOf(own: readonly LabEvent[]): Attempt[] {
  const opened = new Map<string, EventOf<'connection'>>();
  const shaken = new Map<string, EventOf<'tls'>>();
  const nameless = new Map<string, string>();
  const byConnection = new Map<string, string>();
  for (const event of own)
    if (event.kind === 'attempt' && event.connection !== undefined && !byConnection.has(event.connection))
      byConnection.set(event.connection, event.id);
  return own.flatMap((event): Attempt[] => {
    if (event.kind === 'connection') opened.set(event.connection, event);
    if (event.kind === 'tls' && event.side === 'client') shaken.set(event.connection, event);
    if (event.kind === 'dns') {
      const asker = [event.machine, event.account, event.stack].join();
      if (event.outcome === 'ok') nameless.delete(asker);
      else nameless.set(asker, event.name);
    }
    if (event.kind !== 'attempt') return [];
    const { id, machine, operation, purpose, account, stack, host, port, outcome, detail } = event;
    const way = event.connection === undefined ? undefined : opened.get(event.connection);
    const tls = event.connection === undefined ? undefined : shaken.get(event.connection);
    const because = event.because === undefined ? undefined : byConnection.get(event.because);
    const isProxied = way !== undefined && (way.host !== host || way.port !== port);
    const unfound = outcome === 'proxy-unreachable' && nameless.get([machine, account, stack].join());
    return [
      {
        ...{ id, server: machine, operation, purpose, account, stack, host, port },
        ...(isProxied && { via: `${way.host}:${way.port}` }),
        ...(!way && unfound && { via: unfound }),
        ...(event.connection !== undefined && { connection: event.connection }),
        ...(way && { address: way.address }),
        ...(event.connected && { connected: true }),
        outcome,
        ...(event.status !== undefined && { status: event.status }),
        ...(event.waitedMs !== undefined && { waitedMs: event.waitedMs }),
        ...(because !== undefined && { because }),
        ...said(outcome, detail),
        ...(tls && { shown: shownIn(tls) }),
      },
    ];
  });
}

function shownIn({ version, chain, clientCertificate }: EventOf<'tls'>): Attempt['shown'] {
  return {
    ...(version !== undefined && { version }),
    chain: chain.map(({ subject, issuer, notAfter }) => ({ subject, issuer, notAfter })),
    ...(clientCertificate !== undefined && { clientCertificate }),
  };
}

/** A wrong answer is an answer like any other to whoever asked. */
function answerOf({ id, machine, account, stack, name, chain, addresses, outcome }: EventOf<'dns'>): Answer {
  return {
    ...{ id, server: machine, name, aliases: chain.filter((alias) => alias !== name), addresses },
    ...(account !== undefined && { account }),
    ...(stack !== undefined && { stack }),
    outcome: outcome === 'dns-nxdomain' || outcome === 'dns-timeout' ? outcome : 'ok',
  };
}

/** The words of the other end. Where a revocation check failed, they end with why a connection did. */
function said(outcome: ResultName, detail: string | undefined): { said?: string } {
  if (
    detail === undefined ||
    untold.has(outcome) ||
    /no answer|no such name|was refused|was reset/.test(detail)
  )
    return {};
  return { said: detail.slice(0, mostWords) };
}
