import type { Account } from '../../model/evidence/vocabulary.js';
import { namedBy } from '../../model/policy/rule-name.js';
import type { Site } from '../../model/site/schema.js';
import { requirementsOf } from '../../model/verdict/requirements-of.js';
import type { RequirementResults, Result } from '../../model/verdict/results.js';
import { administratorOf } from './administrators.js';
import { documentedName } from './documented-name.js';
import type { ChangeRequest, HostRow, RequestKind, Target } from './report.js';

/** A failed result, and what is needed to say who must change what. */
export interface Failure {
  scenario: string;
  site: Site;
  result: Result;
  accounts: readonly Account[];
}

/**
 * Failures of scenarios as changes to ask for: each device and rule once. What the cloud did is nobody's
 * to mend, and what was not attempted only follows from another failure.
 */
export function changeRequests(
  failures: readonly Failure[],
  requirements: readonly RequirementResults[],
): ChangeRequest[] {
  const broken = new Set(requirements.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id));
  const requests = new Map<string, ChangeRequest>();
  for (const failure of failures) {
    const { result, site } = failure;
    const ids = requirementsOf(result, site).filter((id) => broken.has(id));
    if (result.result === 'not-attempted' || result.device === 'cloud' || ids.length === 0) continue;
    const kind = kindOf(result);
    // One rule is one thing to change, and so is all that a default stops.
    const key = JSON.stringify([kind, result.device, result.rule, kind === 'configure' && ids]);
    const request = requests.get(key) ?? begin(requests.size + 1, kind, failure);
    requests.set(key, request);
    extend(request, failure, ids);
  }
  return [...requests.values()].map((request) => ({ ...request, ask: askFor(request, requirements) }));
}

/** The documented hosts that the run was seen to use: what a new site has to open. */
export function documentedRequests(rows: readonly HostRow[], requirements: readonly RequirementResults[]) {
  const known = new Set(requirements.map(({ id }) => id));
  const ports = [443, 80].filter((port) => rows.some((row) => row.documented && row.port === port));
  return ports.map((port, index): ChangeRequest => {
    const documented = rows.filter((row) => row.documented && row.port === port);
    return {
      number: index + 1,
      administrator: 'firewall',
      kind: 'allow-documented',
      ask: `Allow outbound TCP port ${port} from the connector servers to the hosts below${port === 443 ? ', without TLS inspection' : ''}.`,
      ...{ decidedBy: [], rules: [], reasons: [], servers: [], seen: [] },
      targets: documented.map(({ rule, accounts }) => ({
        ...{ host: rule, port, accounts, observed: [], reached: true },
      })),
      requirements: [
        `ports/outbound-${port}`,
        ...documented.map(({ host }) => `hosts/${host}/${port}`),
      ].filter((id) => known.has(id)),
      events: [],
    };
  });
}

function kindOf({ device, result }: Result): RequestKind {
  if (result.startsWith('dns-')) return 'resolve';
  if (result === 'idle-timeout') return 'keep-idle';
  switch (device) {
    case 'proxy':
    case 'parent-proxy':
      return 'proxy';
    case 'inspector':
      return 'do-not-inspect';
    case 'link':
      return 'do-not-lose';
    case 'application-host':
      return 'application';
    case 'server':
    case undefined:
      return 'configure';
    default:
      return 'allow';
  }
}

function begin(number: number, kind: RequestKind, { scenario, site, result }: Failure): ChangeRequest {
  const { device, rule } = result;
  return {
    number,
    administrator: administratorOf(kind === 'resolve' ? 'resolver' : device, firewallOf(result, site)),
    ...{ kind, ask: '', scenario },
    decidedBy: device === undefined ? [] : [device],
    rules: rule === undefined ? [] : [rule],
    ...{ reasons: [], servers: [], targets: [], seen: [], requirements: [], events: [] },
  };
}

/** Which of several firewalls decided: its name stands before that of its rule. */
function firewallOf({ device, rule = '' }: Result, { firewalls = [] }: Site): string | undefined {
  if (device !== 'edge-firewall') return undefined;
  return firewalls.find(({ name }) => rule.startsWith(namedBy({ name }, '')))?.name;
}

function extend(request: ChangeRequest, { result, site, accounts }: Failure, ids: readonly string[]): void {
  const { server, operation, host, port, detail, events } = result;
  addNew(request.servers, [server]);
  addNew(request.requirements, ids);
  addNew(request.events, events);
  addNew(request.seen, [
    `${operation}: ${result.result}${request.kind === 'configure' && detail ? ` (${detail})` : ''}`,
  ]);
  if (host === undefined) return;
  const name = port === undefined ? host : documentedName(host, port, site.cloud.environment).rule;
  const target: Target = request.targets.find((one) => one.host === name && one.port === port) ?? {
    host: name,
    ...(port !== undefined && { port }),
    ...{ accounts: [], observed: [], reached: true },
  };
  addNew(request.targets, [target]);
  addNew(target.accounts, accounts);
  if (host !== name) addNew(target.observed, [host]);
}

function addNew<T>(list: T[], more: readonly T[]): void {
  for (const one of more) if (!list.includes(one)) list.push(one);
}

function askFor(request: ChangeRequest, requirements: readonly RequirementResults[]): string {
  const { kind, decidedBy, servers, targets, requirements: ids } = request;
  const [device] = decidedBy;
  const from = servers.join(', ');
  const accounts = [...new Set(targets.flatMap((target) => target.accounts))];
  const as = accounts.length === 0 ? '' : ` (account ${accounts.join(', ')})`;
  switch (kind) {
    case 'allow':
      return device === 'host-firewall'
        ? `Allow outbound connections on the server's own firewall of ${from}${as} to the hosts and ports below.`
        : `Allow outbound connections through ${device} from ${from}${as} to the hosts and ports below.`;
    case 'proxy':
      return request.seen.some((text) => text.endsWith('proxy-407'))
        ? `Let ${from}${as} through the proxy to the hosts below without authentication: the connector's services answer no challenge.`
        : `Let ${from}${as} through the proxy to the hosts below, or past it.`;
    case 'do-not-inspect':
      return `Exempt the hosts below from TLS inspection for ${from}: the connector proves itself by a client certificate, which inspection takes away.`;
    case 'resolve':
      return `Answer the names below as the public DNS does, for ${from}.`;
    case 'keep-idle':
      return `Keep idle connections of ${from} open for at least four minutes.`;
    case 'do-not-lose':
      return `Carry packets of ${from} to the hosts below without losing them: no answer came.`;
    case 'application':
      return `Let ${from} reach the published application.`;
    default:
      return `On ${from}: ${requirements
        .filter(({ id }) => ids.includes(id))
        .map(({ statement }) => statement)
        .join(' ')}`;
  }
}
