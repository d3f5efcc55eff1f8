import type { EventKind, EventOf, LabEvent } from '../evidence/event.js';
import type {
  AccessExpectation,
  Expectation,
  PortalExpectation,
  VisitExpectation,
} from '../scenario/expectation.js';
import { administrationInWords } from '../site/administration.js';
import { EvidenceIndex } from './evidence-index.js';
import type { Observation } from './results.js';

type Look = Exclude<Expectation, { kind: 'result' }>;

/** What people saw in one phase, beside what they should have seen. */
export function observe(events: readonly LabEvent[], looks: readonly Look[]): Observation[] {
  const index = new EvidenceIndex(events);
  return looks.map((look) => lookAt(look, index));
}

function lookAt(look: Look, index: EvidenceIndex): Observation {
  switch (look.kind) {
    case 'visit':
      return observeVisit(look, index);
    case 'access':
      return observeAccess(look, index);
    case 'administration': {
      const text = administrationInWords(look.what);
      const seen = last(
        index,
        'administration',
        (event) => event.text === text && (look.user === undefined || event.user === look.user),
      );
      return observation(`${look.user ?? 'an administrator'} ${text}`, seen, seen?.outcome, look.outcome);
    }
    case 'portal':
      return observePortal(look, index);
    case 'reach': {
      const seen = last(
        index,
        'reach',
        (event) =>
          event.from === look.from &&
          event.host === look.host &&
          event.port === look.port &&
          event.account === look.account,
      );
      const subject = `${look.from} (${look.account}) connects to ${look.host}:${look.port}`;
      return withDecision(observation(subject, seen, seen?.outcome, look.result), seen, look, index);
    }
    case 'knock': {
      const seen = last(
        index,
        'reach',
        (event) => event.from === 'outside' && event.host === look.server && event.port === look.port,
      );
      const subject = `outside connects to ${look.server}:${look.port}`;
      return withDecision(observation(subject, seen, seen?.outcome, look.result), seen, {}, index);
    }
    case 'log': {
      const seen = last(
        index,
        'windows-log',
        (event) => event.text.includes(look.text) && (look.id === undefined || event.eventId === look.id),
      );
      const wanted = `${look.id === undefined ? '' : `${look.id} `}${look.text}`;
      return observation('Windows event log', seen, seen ? wanted : undefined, wanted);
    }
  }
}

function observeVisit(look: VisitExpectation, index: EvidenceIndex): Observation {
  const visits = index
    .of('visit')
    .filter((event) => event.url === look.url && (look.user === undefined || event.user === look.user));
  const other = look.every && visits.find(({ page }) => page !== look.page);
  const seen = other || visits.at(-1);
  const who = look.user ?? 'user';
  return observation(`${who} visits ${look.url}`, seen, seen?.page, look.page);
}

function observeAccess(look: AccessExpectation, index: EvidenceIndex): Observation {
  const { host, port, user, protocol = 'tcp' } = look;
  const seen = last(
    index,
    'access',
    (event) =>
      event.host === host &&
      event.port === port &&
      event.protocol === protocol &&
      (user === undefined || event.user === user),
  );
  const subject = `${user ?? 'user'} connects to ${host}:${port} (${protocol})`;
  return observation(subject, seen, seen?.outcome, look.result);
}

function observePortal(look: PortalExpectation, index: EvidenceIndex): Observation {
  const seen = last(index, 'portal', (event) => event.connector === look.connector);
  const inWords = ({ status, version, group }: Omit<PortalExpectation, 'kind' | 'connector'>) =>
    [
      status,
      ...(look.version ? [`version ${version ?? 'unknown'}`] : []),
      ...(look.group ? [`group ${group ?? 'none'}`] : []),
    ].join(', ');
  return observation(`portal shows ${look.connector}`, seen, seen && inWords(seen), inWords(look));
}

function last<K extends EventKind>(
  index: EvidenceIndex,
  kind: K,
  fits: (event: EventOf<K>) => boolean,
): EventOf<K> | undefined {
  return index.of(kind).findLast(fits);
}

function observation(
  subject: string,
  event: { id: string } | undefined,
  observed: string | undefined,
  expected: string,
): Observation {
  return {
    subject,
    observed: observed ?? 'nothing',
    expected,
    matched: observed === expected,
    events: event ? [event.id] : [],
  };
}

function withDecision(
  base: Observation,
  event: EventOf<'reach'> | undefined,
  expected: { device?: string; rule?: string },
  index: EvidenceIndex,
): Observation {
  const decision = event?.connection && event.outcome !== 'ok' ? index.deciding(event.connection) : undefined;
  const matched =
    base.matched &&
    (expected.device === undefined || decision?.device === expected.device) &&
    (expected.rule === undefined || decision?.rule === expected.rule);
  if (!decision) return { ...base, matched };
  return {
    ...base,
    matched,
    device: decision.device,
    rule: decision.rule,
    events: [...base.events, decision.id],
  };
}
