import type { EventOf, EventStamp } from '../evidence/event.js';
import { phases, type ResultName } from '../evidence/vocabulary.js';
import { siteSchema } from '../site/schema.js';
import {
  logSchemaName,
  type Repetition,
  type RunLine,
  type RunLog,
  type ScenarioEndLine,
} from './run-log.js';

/** Events for tests of the verdict: one connection `c1` to host `h`, port 443, of server `s`. */

const stamp: EventStamp = { id: 'e1', scenario: 't', phase: 'change', machine: 's', at: 0, wallMs: 0 };
const flow = { machine: 's', host: 'h', address: '198.18.64.1', port: 443 };

export function connection(fields: Partial<EventOf<'connection'>> = {}): EventOf<'connection'> {
  return {
    ...stamp,
    kind: 'connection',
    connection: 'c1',
    host: 'h',
    address: '198.18.64.1',
    port: 443,
    ...fields,
  };
}

export function decision(fields: Partial<EventOf<'decision'>> = {}): EventOf<'decision'> {
  return {
    ...stamp,
    kind: 'decision',
    connection: 'c1',
    device: 'edge-firewall',
    action: 'allow',
    rule: 'allow h',
    explanation: 'because',
    flow,
    ...fields,
  };
}

export function attempt(fields: Partial<EventOf<'attempt'>> = {}): EventOf<'attempt'> {
  return {
    ...stamp,
    kind: 'attempt',
    operation: 'bootstrap',
    purpose: 'test',
    account: 'network-service',
    stack: 'service',
    host: 'h',
    port: 443,
    connection: 'c1',
    outcome: 'ok',
    ...fields,
  };
}

export function operation(fields: Partial<EventOf<'operation'>> = {}): EventOf<'operation'> {
  return { ...stamp, kind: 'operation', operation: 'bootstrap', outcome: 'ok', ...fields };
}

export function cloud(fields: Partial<EventOf<'cloud'>> = {}): EventOf<'cloud'> {
  return {
    ...stamp,
    kind: 'cloud',
    service: 'bootstrap',
    host: 'h',
    connection: 'c1',
    method: 'POST',
    path: '/',
    status: 403,
    clientCertificate: 'valid',
    ...fields,
  };
}

export function dns(fields: Partial<EventOf<'dns'>> = {}): EventOf<'dns'> {
  return {
    ...stamp,
    kind: 'dns',
    name: 'h',
    chain: [],
    addresses: [],
    outcome: 'ok',
    device: 'resolver',
    ...fields,
  };
}

export function reach(fields: Partial<EventOf<'reach'>> = {}): EventOf<'reach'> {
  return { ...stamp, kind: 'reach', from: 's', host: 'h', port: 443, outcome: 'ok', ...fields };
}

export function prerequisite(fields: Partial<EventOf<'prerequisite'>> = {}): EventOf<'prerequisite'> {
  return {
    ...stamp,
    kind: 'prerequisite',
    fact: 'os-version',
    found: 'a',
    needed: 'b',
    met: true,
    ...fields,
  };
}

export function visit(fields: Partial<EventOf<'visit'>> = {}): EventOf<'visit'> {
  return { ...stamp, kind: 'visit', url: 'https://a.test/', status: 200, page: 'application', ...fields };
}

export function access(fields: Partial<EventOf<'access'>> = {}): EventOf<'access'> {
  return {
    ...{ ...stamp, kind: 'access', host: 'h', port: 445, protocol: 'tcp', user: 'mira', outcome: 'ok' },
    ...{ sent: 1, received: 1 },
    ...fields,
  };
}

export function administration(fields: Partial<EventOf<'administration'>> = {}): EventOf<'administration'> {
  return {
    ...{ ...stamp, kind: 'administration', user: 'admin', text: 'does it', status: 200, outcome: 'done' },
    ...fields,
  };
}

export function portal(fields: Partial<EventOf<'portal'>> = {}): EventOf<'portal'> {
  return { ...stamp, kind: 'portal', connector: 's', listed: true, status: 'active', ...fields };
}

export function windowsLog(fields: Partial<EventOf<'windows-log'>> = {}): EventOf<'windows-log'> {
  return { ...stamp, kind: 'windows-log', channel: 'c', level: 'error', text: 'a line', ...fields };
}

export function service(fields: Partial<EventOf<'service'>> = {}): EventOf<'service'> {
  return { ...stamp, kind: 'service', service: 'connector', state: 'running', ...fields };
}

export function fault(fields: Partial<EventOf<'fault'>> = {}): EventOf<'fault'> {
  return { ...stamp, kind: 'fault', fault: 'throttled', host: 'h', connection: 'c1', ...fields };
}

export function application(fields: Partial<EventOf<'application'>> = {}): EventOf<'application'> {
  return {
    ...stamp,
    kind: 'application',
    application: 'a',
    method: 'GET',
    path: '/',
    status: 200,
    ...fields,
  };
}

/** A scenario that was played: passes where bootstrap ended `ok` in the change phase. */
export function played(
  id: string,
  {
    outcome = 'ok',
    repetition,
    durationMs = 10,
  }: { outcome?: ResultName; repetition?: number; durationMs?: number } = {},
): Repetition & { ended: ScenarioEndLine } {
  const stamp = { scenario: id, ...(repetition !== undefined && { repetition }) };
  return {
    begun: {
      ...{ kind: 'scenario', ...stamp, title: `About ${id}`, proves: ['tls/no-inspection'], site: 'k' },
      claim: {
        change: [{ describe: 'a change', exercised: [{ kind: 'operation' }] }],
        expect: [{ kind: 'result', operation: 'bootstrap', result: 'ok' }],
      },
    },
    events: phases.map((phase, index) =>
      operation({ ...stamp, id: `e${index}`, phase, ...(phase === 'change' && { outcome }) }),
    ),
    ended: { kind: 'scenario-end', ...stamp, durationMs },
  };
}

/** The log of a run of these, that came to its end. */
export function runLog(repetitions: readonly Repetition[], run: Partial<RunLine> = {}): RunLog {
  return {
    run: {
      ...{ kind: 'run', schema: logSchemaName, engine: 'embedded', edition: '2023-08-09' },
      startedAt: '2026-11-24T00:00:00.000Z',
      selected: [...new Set(repetitions.map(({ begun }) => begun.scenario))],
      ...run,
    },
    sites: new Map([['k', siteSchema.parse({ site: 'A site', servers: [{ name: 's' }] })]]),
    repetitions: [...repetitions],
    end: { kind: 'run-end', durationMs: 100 },
  };
}
