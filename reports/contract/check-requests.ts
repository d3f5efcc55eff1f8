import type { EventOf, LabEvent } from '../../model/evidence/event.js';
import { covers } from '../../model/policy/match-host.js';
import type { Changed } from '../../model/repair/request.js';
import type { CheckedRequest } from '../../model/verdict/check-results.js';
import type { Result } from '../../model/verdict/results.js';
import { administratorOf } from './administrators.js';
import type { ChangeRequest, RequestKind, Target } from './report.js';

/** What a check asks for, as the report and its texts tell it: not one request more or less. */
export function checkRequests(
  requests: readonly CheckedRequest[],
  results: readonly Result[],
  events: readonly LabEvent[],
): ChangeRequest[] {
  const attempts = events.filter((event): event is EventOf<'attempt'> => event.kind === 'attempt');
  return requests.map((request, index) => {
    const { device, firewall, ask, decidedBy, rules, reasons, servers, targets, requirements } = request;
    const shown = new Set(request.events);
    const own = attempts.filter(({ id }) => shown.has(id));
    return {
      number: index + 1,
      administrator: administratorOf(device, firewall),
      kind: kindOf(request),
      ...{ ask, decidedBy, rules, reasons, servers, requirements },
      targets: targets.map((target): Target => ({ ...target, observed: observedAt(target, own) })),
      seen: seenIn(results, shown),
      later: request.later,
      scenario: 'check',
      events: request.events,
    };
  });
}

/** What kind of change it is, for tools that sort by it. */
function kindOf({ device, setting }: Pick<CheckedRequest, 'device' | 'setting'>): RequestKind {
  return setting === 'idle-timeout' ? 'keep-idle' : kinds[device];
}

const kinds: Record<Changed, RequestKind> = {
  server: 'configure',
  resolver: 'resolve',
  'host-firewall': 'allow',
  'application-host': 'application',
  proxy: 'proxy',
  'parent-proxy': 'proxy',
  'edge-firewall': 'allow',
  'syn-proxy': 'allow',
  inspector: 'do-not-inspect',
  link: 'do-not-lose',
  cloud: 'configure',
  tenant: 'configure',
};

/** Names in the evidence that a target stands for. */
function observedAt(
  { host, port }: Pick<Target, 'host' | 'port'>,
  attempts: readonly EventOf<'attempt'>[],
): string[] {
  const names = attempts.filter((one) => one.port === port && covers(host, one.host)).map((one) => one.host);
  return [...new Set(names)].filter((name) => name !== host);
}

function seenIn(results: readonly Result[], events: ReadonlySet<string>): string[] {
  const shown = results.filter((one) => one.result !== 'ok' && one.events.some((id) => events.has(id)));
  return [...new Set(shown.map(({ operation, result }) => `${operation}: ${result}`))];
}
