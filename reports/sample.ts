import {
  type EventBody,
  type EventStamp,
  eventBodySchema,
  type LabEvent,
} from '../harness/evidence/event.js';
import { siteSchema } from '../harness/site/schema.js';
import type { Result, RunResults, ScenarioResults } from '../harness/verdict/results.js';

/** Results and events for the tests of the reports: one scenario that passed, one failed, one skipped. */
export function sample(): { results: RunResults; events: LabEvent[] } {
  return { results: sampleResults(), events: sampleEvents('verify/signalling') };
}

/** As many scenarios as wanted, like those of {@link sample}, each with its events. */
export function sampleOf(count: number): { results: RunResults; events: LabEvent[] } {
  const { results } = sample();
  const scenarios = Array.from({ length: count }, (_, index): ScenarioResults => {
    const like = results.scenarios[index % results.scenarios.length] as ScenarioResults;
    return { ...like, id: `${like.id.split('/')[0]}/number-${index}`, title: `${like.title}, ${index}` };
  });
  const events = sampleEvents('');
  return {
    results: { ...results, scenarios },
    events: scenarios.flatMap(({ id }) => events.map((event) => ({ ...event, scenario: id }))),
  };
}

const host = 'cwap-eur1-weur2.servicebus.windows.net';
const rule = 'deny *.servicebus.windows.net';
const dropped = `listen tcp-drop at *.servicebus.windows.net:443 by edge-firewall "${rule}"`;

function sampleResults(): RunResults {
  const passed: ScenarioResults = {
    id: 'verify/signalling',
    title: 'No signalling: the portal stays green',
    proves: ['hosts/service'],
    outcome: 'passed',
    durationMs: 161,
    site: 'headquarters',
    phases: [
      { phase: 'control', results: [result({ result: 'ok', expected: 'listen ok' })], observations: [] },
      {
        phase: 'change',
        change: `edge-firewall: ${rule}`,
        results: [
          result({ host, port: 443, device: 'edge-firewall', rule, events: ['e4', 'e5'] }),
          result({ operation: 'deliver', result: 'not-attempted', expected: 'deliver not-attempted' }),
        ],
        observations: [
          {
            subject: 'portal, app-proxy-01',
            observed: 'active',
            expected: 'active',
            matched: true,
            events: ['e6'],
          },
        ],
      },
      { phase: 'restore', results: [result({ result: 'ok', expected: 'listen ok' })], observations: [] },
    ],
  };
  const failed: ScenarioResults = {
    ...passed,
    id: 'tls/issuer',
    title: 'The server does not know the inspector',
    proves: ['tls/no-inspection'],
    outcome: 'failed',
    reason: 'change: expected tls-untrusted-issuer by inspector, observed tcp-drop by edge-firewall',
  };
  const skipped: ScenarioResults = {
    ...passed,
    id: 'link/loss',
    title: 'Half of the packets are lost',
    proves: [],
    outcome: 'skipped',
    reason: 'the embedded engine cannot lose packets',
    phases: [],
  };
  const requirement = { strength: 'must', hidden: false, section: 'Prepare › Allow access' } as const;
  return {
    schema: 'connector-lab/results@1',
    engine: 'embedded',
    edition: '2023-08-09',
    startedAt: '2026-11-24T00:04:55.613Z',
    durationMs: 12_842,
    summary: { passed: 1, failed: 1, skipped: 1, flaky: 0 },
    scenarios: [passed, failed, skipped],
    requirements: [
      {
        ...requirement,
        id: 'hosts/service',
        statement: 'The hosts of the service are open.',
        verdict: 'holds',
        provedBy: ['verify/signalling'],
      },
      {
        ...requirement,
        id: 'tls/no-inspection',
        statement: 'Nothing ends TLS on the way.',
        verdict: 'broken',
        provedBy: ['tls/issuer'],
      },
      {
        ...requirement,
        id: 'hidden/renewal',
        statement: 'The renewal host is open.',
        hidden: true,
        verdict: 'unproven',
        provedBy: [],
      },
    ],
    sites: { headquarters: siteSchema.parse({ site: 'Headquarters' }) },
  };
}

function result(fields: Partial<Result>): Result {
  return {
    operation: 'listen',
    result: 'tcp-drop',
    server: 'app-proxy-01',
    expected: dropped,
    matched: true,
    events: [],
    ...fields,
  };
}

/** One event of every kind; the decisive connection is `c1`. */
function sampleEvents(scenario: string): LabEvent[] {
  const flow = {
    machine: 'app-proxy-01',
    account: 'network-service',
    host,
    address: '198.18.66.1',
    port: 443,
  };
  const attempt = { operation: 'listen', account: 'network-service', stack: 'service', host, port: 443 };
  const bodies: unknown[] = [
    { kind: 'phase', change: `edge-firewall: ${rule}` },
    { kind: 'connection', connection: 'c1', ...flow },
    {
      kind: 'decision',
      connection: 'c1',
      device: 'host-firewall',
      action: 'allow',
      rule: 'default allow',
      explanation: 'no rule fits',
      flow,
    },
    {
      kind: 'decision',
      connection: 'c1',
      device: 'edge-firewall',
      action: 'drop',
      rule,
      explanation: `rule 1 fits app-proxy-01 to ${host}: the name is below ${rule.slice(5)}`,
      flow,
    },
    {
      kind: 'attempt',
      ...attempt,
      purpose: 'open the signalling channel',
      connection: 'c1',
      outcome: 'tcp-drop',
      waitedMs: 21_000,
      detail: 'no answer',
    },
    { kind: 'portal', connector: 'app-proxy-01', listed: true, status: 'active' },
    { kind: 'step', text: 'app-proxy-01: listen' },
    { kind: 'clock', advancedMs: 600_000 },
    {
      kind: 'dns',
      name: host,
      chain: [host],
      addresses: [],
      outcome: 'dns-nxdomain',
      device: 'resolver',
      rule: 'nxdomain',
    },
    {
      kind: 'tls',
      connection: 'c2',
      side: 'client',
      host,
      chain: [{ subject: `CN=${host}`, issuer: 'CN=Inspection CA', notAfter: 'Dec 27 00:07:35 2027 GMT' }],
      outcome: 'tls-untrusted-issuer',
      detail: 'unknown issuer',
    },
    {
      kind: 'revocation',
      certificate: `CN=${host}`,
      source: 'crl',
      url: 'http://crl3.digicert.com/a.crl',
      outcome: 'tls-revocation-offline',
      cached: false,
      waitedMs: 15_000,
    },
    {
      kind: 'operation',
      operation: 'deliver',
      outcome: 'not-attempted',
      prerequisite: 'listen',
      detail: 'no channel',
    },
    { kind: 'prerequisite', fact: 'dotnet-version', found: '4.7', needed: '4.7.1', met: false },
    {
      kind: 'cloud',
      service: 'bootstrap',
      host,
      method: 'POST',
      path: '/',
      status: 401,
      clientCertificate: 'missing',
      detail: 'no certificate',
    },
    { kind: 'application', application: 'Intranet', method: 'GET', path: '/', status: 200 },
    {
      kind: 'visit',
      url: 'https://intranet-contoso.msappproxy.net/',
      status: 504,
      page: 'gateway-timeout',
      detail: 'no connector',
    },
    { kind: 'service', service: 'connector', state: 'stopped', detail: 'by hand' },
    { kind: 'windows-log', channel: 'Admin', eventId: 12_020, level: 'error', text: 'cannot connect' },
    { kind: 'reach', from: 'app-proxy-01', host, port: 443, outcome: 'tcp-drop' },
    { kind: 'fault', fault: 'certificate-expired', host, detail: 'felt' },
    { kind: 'capture', file: 'evidence/verify_signalling/edge #1.pcap', holds: 'packets' },
  ];
  return bodies.map((body, index) => {
    const stamp: EventStamp = {
      id: `e${index + 1}`,
      scenario,
      phase: 'change',
      machine: 'app-proxy-01',
      at: Date.UTC(2026, 10, 24) + index * 1000,
      wallMs: index,
    };
    const parsed: EventBody = eventBodySchema.parse(body);
    return { ...parsed, ...stamp };
  });
}

/** The same data with every text in it put through `change`, keys and closed words left as they are. */
export function mapTexts<T>(value: T, change: (text: string, key: string) => string): T {
  const walk = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return change(one, key);
    if (Array.isArray(one)) return one.map((item) => walk(item, key));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(value, '') as T;
}
