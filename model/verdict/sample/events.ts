import { type EventBody, type EventStamp, eventBodySchema, type LabEvent } from '../../evidence/event.js';

/** Where the sample's decisive connection goes, and the rule that stops it. */
export const host = 'cwap-eur1-weur2.servicebus.windows.net';
export const rule = 'deny *.servicebus.windows.net';

/** One event of every kind; the decisive connection is `c1`. */
export function sampleEvents(scenario: string): LabEvent[] {
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
      log: 'edge 1: SRC=198.18.1.10 DST=198.18.66.1 PROTO=TCP SPT=40312 DPT=443',
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
