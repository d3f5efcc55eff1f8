import { expect, it } from 'vitest';
import type { EventBody, LabEvent } from '../evidence/event.js';
import { evidenceSchema } from './evidence.js';
import { fromEvents } from './from-events.js';

/** Stands wherever only a device, a resolver or the cloud can know something. */
const hidden = 'HIDDEN';
const server = 'app-proxy-01';
const who = { account: 'network-service', stack: 'service' } as const;
const host = 'a.servicebus.windows.net';
const flow = { machine: server, host, address: '198.18.66.1', port: 443 };

function lab(...events: readonly [machine: string, body: EventBody][]): LabEvent[] {
  return events.map(
    ([machine, body], index): LabEvent => ({
      ...body,
      ...{ id: `e${index + 1}`, scenario: 'check', phase: 'change', machine, at: 0, wallMs: 0 },
    }),
  );
}

const attempt = {
  kind: 'attempt',
  operation: 'listen',
  purpose: 'listen for requests',
  ...who,
  host,
  port: 443,
} as const;
const events = lab(
  [server, { kind: 'step', text: hidden }],
  [
    server,
    {
      kind: 'dns',
      name: host,
      ...who,
      chain: [host, 'ns.cloudapp.net'],
      addresses: ['198.18.66.1'],
      outcome: 'dns-wrong-answer',
      device: 'resolver',
      rule: hidden,
    },
  ],
  [
    'resolver',
    {
      kind: 'query',
      name: hidden,
      from: server,
      chain: [hidden],
      addresses: [],
      outcome: 'ok',
      taught: [hidden],
    },
  ],
  [server, { kind: 'connection', connection: 'c1', ...who, host, address: '198.18.66.1', port: 443 }],
  [
    'edge-firewall',
    {
      kind: 'decision',
      connection: 'c1',
      device: 'edge-firewall',
      action: 'drop',
      rule: hidden,
      explanation: hidden,
      log: hidden,
      flow,
      byName: true,
    },
  ],
  [
    server,
    {
      kind: 'decision',
      connection: 'c1',
      device: 'host-firewall',
      action: 'drop',
      rule: hidden,
      explanation: hidden,
      flow,
    },
  ],
  [
    server,
    { ...attempt, outcome: 'tcp-drop', connection: 'c1', waitedMs: 21_000, detail: `no answer: ${hidden}` },
  ],
  ['proxy', { kind: 'connection', connection: 'c2', parent: 'c1', host: hidden, address: hidden, port: 443 }],
  [
    'proxy',
    { kind: 'dns', name: hidden, chain: [], addresses: [], outcome: 'dns-nxdomain', device: 'resolver' },
  ],
  [
    'cloud',
    { kind: 'tls', connection: 'c1', side: 'server', host: hidden, chain: [], outcome: 'ok', detail: hidden },
  ],
  [
    'edge-firewall',
    { kind: 'tls', connection: 'c1', side: 'inspector-client', host: hidden, chain: [], outcome: 'ok' },
  ],
  ['edge-firewall', { kind: 'state', connection: hidden, state: 'reset' }],
  [
    'cloud',
    {
      kind: 'cloud',
      service: 'relay',
      host: hidden,
      method: 'GET',
      path: hidden,
      status: 200,
      clientCertificate: 'missing',
      detail: hidden,
    },
  ],
  ['intranet', { kind: 'application', application: hidden, method: 'GET', path: '/', status: 200 }],
  ['files', { kind: 'resource', host: hidden, port: 445, received: 1 }],
  ['cloud', { kind: 'fault', fault: 'throttled', host: hidden, detail: hidden }],
  ['cloud', { kind: 'portal', connector: hidden, listed: true, status: 'active' }],
  ['internet', { kind: 'reach', from: server, host: hidden, port: 443, outcome: 'tcp-drop' }],
  ['edge-firewall', { kind: 'capture', file: hidden, holds: 'packets' }],
  [
    'user',
    { kind: 'visit', url: 'https://intranet.test/', status: 504, page: 'gateway-timeout', detail: hidden },
  ],
  [
    'user',
    {
      kind: 'access',
      host: 'files.contoso.test',
      port: 445,
      protocol: 'tcp',
      user: 'mira',
      outcome: 'tcp-drop',
      sent: 0,
      received: 0,
      detail: hidden,
    },
  ],
  [server, { kind: 'operation', operation: 'listen', outcome: 'tcp-drop', detail: `no answer: ${hidden}` }],
  [server, { kind: 'operation', operation: 'renew', outcome: 'idle-timeout', detail: hidden }],
  [server, { kind: 'prerequisite', fact: 'ie-esc', found: 'off', needed: 'off', met: true }],
  [server, { kind: 'service', service: 'updater', state: 'running', detail: hidden }],
);

it('hands on nothing that a connector could not see', () => {
  expect(JSON.stringify(fromEvents(events))).not.toContain(hidden);
});

it('is the same evidence, whatever devices and cloud have written', () => {
  const own = new Set([server, 'user']);
  const without = events.filter(
    ({ machine, kind }) => own.has(machine) && kind !== 'decision' && kind !== 'step',
  );
  expect(without.length).toBeLessThan(events.length);
  expect(fromEvents(without)).toEqual(fromEvents(events));
});

it('makes evidence of this version, with all that a connector does see', () => {
  const evidence = fromEvents(events);
  expect(evidenceSchema.parse(evidence)).toEqual(evidence);
  expect(evidence.attempts).toEqual([
    {
      ...{ id: 'e7', server, operation: 'listen', purpose: 'listen for requests', ...who, host, port: 443 },
      ...{ connection: 'c1', address: '198.18.66.1', outcome: 'tcp-drop', waitedMs: 21_000 },
    },
  ]);
  // That an answer is a wrong one nobody knows who asked for it.
  expect(evidence.answers).toMatchObject([{ aliases: ['ns.cloudapp.net'], outcome: 'ok' }]);
});

it('tells an attempt through a proxy, and the words of the other end', () => {
  const [seen] = fromEvents(
    lab(
      [
        server,
        {
          kind: 'connection',
          connection: 'c1',
          ...who,
          host: 'proxy.test',
          address: '198.18.2.10',
          port: 8080,
        },
      ],
      [
        server,
        {
          ...attempt,
          outcome: 'proxy-407',
          connection: 'c1',
          connected: true,
          detail: 'answered 407, asking for Basic',
        },
      ],
    ),
  ).attempts;
  expect(seen).toMatchObject({
    via: 'proxy.test:8080',
    connected: true,
    said: 'answered 407, asking for Basic',
  });
});
