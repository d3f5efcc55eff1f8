import type { EventOf, EventStamp } from '../evidence/event.js';

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
