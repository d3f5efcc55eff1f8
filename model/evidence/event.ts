import { z } from 'zod';
import { recordedAccount } from './account.js';
import {
  cloudFaults,
  cloudServices,
  deviceActions,
  devices,
  facts,
  operations,
  type Phase,
  pages,
  resultNames,
  stacks,
  windowsServices,
} from './vocabulary.js';

/**
 * One line of evidence. `events.jsonl` holds nothing else, and verdicts and reports are pure
 * functions of it. An event says what one machine saw or did; what caused it is found by joining
 * events over `connection`.
 */

const result = z.enum(resultNames);
const account = recordedAccount;
const stack = z.enum(stacks);
const operation = z.enum(operations);
const device = z.enum(devices);
const port = z.number().int().min(0).max(65_535);

/** A network flow as a device sees it. `host`: what was dialled, or the name that the device read. */
export const flowSchema = z.object({
  machine: z.string(),
  account: account.optional(),
  host: z.string(),
  address: z.string(),
  port,
});

const certificate = z.object({ subject: z.string(), issuer: z.string(), notAfter: z.string() });

const bodies = [
  /** What the runner does next, in words. */
  z.object({ kind: z.literal('step'), text: z.string() }),
  /** A phase begins: the site as changed, in words. */
  z.object({ kind: z.literal('phase'), change: z.string().optional() }),
  /** Lab time was moved forward. Milliseconds of lab time. */
  z.object({ kind: z.literal('clock'), advancedMs: z.number() }),
  /** A resolver's answer. `chain` is the CNAME chain from the asked name to the last one. */
  z.object({
    kind: z.literal('dns'),
    name: z.string(),
    account: account.optional(),
    stack: stack.optional(),
    chain: z.array(z.string()),
    addresses: z.array(z.string()),
    outcome: result,
    device,
    rule: z.string().optional(),
  }),
  /** A query as the resolver itself saw it. `taught`: rules of the firewall that learned the addresses. */
  z.object({
    kind: z.literal('query'),
    name: z.string(),
    from: z.string(),
    upstream: z.string().optional(),
    chain: z.array(z.string()),
    addresses: z.array(z.string()),
    outcome: result,
    taught: z.array(z.string()),
  }),
  /** The firewall at the edge remembers a connection in another state than before. */
  z.object({
    kind: z.literal('state'),
    connection: z.string(),
    state: z.enum(['established', 'closed', 'reset']),
  }),
  /**
   * A machine sends the first packet of a connection. `parent`: the connection on whose behalf a
   * proxy opened this one.
   */
  z.object({
    kind: z.literal('connection'),
    connection: z.string(),
    parent: z.string().optional(),
    account: account.optional(),
    stack: stack.optional(),
    host: z.string(),
    address: z.string(),
    port,
  }),
  /** A device decided about a connection: the rule that decided, and why, in words. */
  z.object({
    kind: z.literal('decision'),
    connection: z.string(),
    device,
    action: z.enum(deviceActions),
    rule: z.string(),
    explanation: z.string(),
    /** The line that the device logged, where it has a log: the kernel's, of the containers engine. */
    log: z.string().optional(),
    flow: flowSchema,
    /** True where the decision was made on the name in the TLS ClientHello or HTTP Host. */
    byName: z.boolean().optional(),
  }),
  /** A TLS handshake as one side saw it. */
  z.object({
    kind: z.literal('tls'),
    connection: z.string(),
    side: z.enum(['client', 'server', 'inspector-client', 'inspector-server']),
    host: z.string(),
    version: z.string().optional(),
    chain: z.array(certificate),
    clientCertificate: z.enum(['sent', 'none']).optional(),
    outcome: result,
    detail: z.string().optional(),
  }),
  /** A revocation check of one certificate at one address. `waitedMs`: lab time spent waiting. */
  z.object({
    kind: z.literal('revocation'),
    certificate: z.string(),
    source: z.enum(['crl', 'ocsp']),
    url: z.string(),
    outcome: result,
    cached: z.boolean(),
    waitedMs: z.number(),
    connection: z.string().optional(),
  }),
  /**
   * One attempt of the connector's side to use one host. `because`: the connection that decided,
   * where it is another one than `connection` (a revocation list that could not be fetched).
   * `waitedMs`: lab time the real client would have waited before it gave up. `connected`: TCP was
   * connected before it ended, to the proxy where one is used.
   */
  z.object({
    kind: z.literal('attempt'),
    operation,
    purpose: z.string(),
    account,
    stack,
    host: z.string(),
    port,
    connection: z.string().optional(),
    because: z.string().optional(),
    connected: z.boolean().optional(),
    outcome: result,
    status: z.number().int().optional(),
    waitedMs: z.number().optional(),
    detail: z.string().optional(),
  }),
  /** An operation ended. `prerequisite`: for `not-attempted`, the operation that is missing. */
  z.object({
    kind: z.literal('operation'),
    operation,
    outcome: result,
    host: z.string().optional(),
    port: port.optional(),
    connection: z.string().optional(),
    because: z.string().optional(),
    prerequisite: z.string().optional(),
    detail: z.string().optional(),
  }),
  /** A fact of the server that was compared with what is needed. */
  z.object({
    kind: z.literal('prerequisite'),
    fact: z.enum(facts),
    found: z.string(),
    needed: z.string(),
    met: z.boolean(),
  }),
  /** A request as a cloud service saw it. */
  z.object({
    kind: z.literal('cloud'),
    service: z.enum(cloudServices),
    host: z.string(),
    connection: z.string().optional(),
    peer: z.string().optional(),
    method: z.string(),
    path: z.string(),
    status: z.number().int(),
    clientCertificate: z.enum(['valid', 'missing', 'expired', 'not-yet-valid', 'untrusted', 'not-asked']),
    connector: z.string().optional(),
    detail: z.string().optional(),
  }),
  /** A published application got a request, or could not. */
  z.object({
    kind: z.literal('application'),
    application: z.string(),
    method: z.string(),
    path: z.string(),
    status: z.number().int(),
  }),
  /** A private resource was told something, to the end. Bytes. */
  z.object({
    kind: z.literal('resource'),
    host: z.string(),
    port,
    received: z.number().int(),
  }),
  /** A user's computer connects to a private resource. Bytes that went out and came back. */
  z.object({
    kind: z.literal('access'),
    host: z.string(),
    port,
    protocol: z.enum(['tcp', 'udp']),
    user: z.string(),
    outcome: result,
    sent: z.number().int(),
    received: z.number().int(),
    detail: z.string().optional(),
  }),
  /**
   * An administrator asked the directory for a change. `outcome`: `done`, the error's code, the status
   * of an answer without one, or `unreachable`.
   */
  z.object({
    kind: z.literal('administration'),
    user: z.string(),
    text: z.string(),
    status: z.number().int(),
    outcome: z.string(),
    detail: z.string().optional(),
  }),
  /** A user's browser shows a page. */
  z.object({
    kind: z.literal('visit'),
    url: z.string(),
    user: z.string().optional(),
    status: z.number().int(),
    page: z.enum(pages),
    detail: z.string().optional(),
  }),
  /** What the portal shows for a connector. */
  z.object({
    kind: z.literal('portal'),
    connector: z.string(),
    listed: z.boolean(),
    status: z.enum(['active', 'inactive', 'absent']),
    externalIp: z.string().optional(),
    version: z.string().optional(),
    group: z.string().optional(),
  }),
  /** A Windows service changed its state, or was looked at. */
  z.object({
    kind: z.literal('service'),
    service: z.enum(windowsServices),
    state: z.enum(['running', 'stopped']),
    detail: z.string().optional(),
  }),
  /** A line in a Windows event log, with the documented id where there is one. */
  z.object({
    kind: z.literal('windows-log'),
    channel: z.string(),
    /** The number Windows gives this kind of line. */
    eventId: z.number().int().optional(),
    level: z.enum(['information', 'warning', 'error']),
    text: z.string(),
  }),
  /** A plain TCP connection tried by the harness from a machine, to prove what is closed or open. */
  z.object({
    kind: z.literal('reach'),
    from: z.string(),
    account: account.optional(),
    host: z.string(),
    port,
    connection: z.string().optional(),
    outcome: result,
  }),
  /** Everything that a machine's network saw was written to a file, named from the run's folder. */
  z.object({
    kind: z.literal('capture'),
    file: z.string(),
    holds: z.enum(['packets', 'tls-keys']),
  }),
  /** A switch of the mock cloud was thrown, or its effect was felt by a request. */
  z.object({
    kind: z.literal('fault'),
    fault: z.enum(cloudFaults),
    host: z.string().optional(),
    connection: z.string().optional(),
    detail: z.string().optional(),
  }),
] as const;

export const eventBodySchema = z.discriminatedUnion('kind', bodies);
export type EventBody = z.infer<typeof eventBodySchema>;
export type EventKind = EventBody['kind'];

/** What the lab adds to each body: where, when, in which part of which scenario. */
export interface EventStamp {
  /** Unique within a scenario's repetition, counting up: `e1`, `e2`, … */
  id: string;
  scenario: string;
  /** From 1, where scenarios are repeated. */
  repetition?: number;
  phase: Phase;
  /** The machine that saw or did it: a server's name, `cloud`, `edge-firewall`, … */
  machine: string;
  /** Lab clock, milliseconds since 1970. */
  at: number;
  /** Wall clock since the lab was opened, milliseconds. */
  wallMs: number;
}
export type LabEvent = EventBody & EventStamp;
export type EventOf<K extends EventKind> = Extract<EventBody, { kind: K }> & EventStamp;
