import type { Found } from '../../model/path/proxy-finder.js';
import type { Connection, NetworkStack } from '../network.js';
import { type Call, placeOf } from './call.js';
import type { Failure, FailureFacts } from './failure.js';
import { issuerOf, subjectOf } from './trust/chain.js';
import type { Handshake } from './trust/tls-client.js';

/** What the transport writes down as evidence. */
export class TransportNotes {
  /** Connections that were not made at once: what was tried before them took so long. Lab time, milliseconds. */
  readonly #waited = new Map<string, number>();
  /** Connections over which TCP was connected, as far as this machine knows: to a proxy, where it uses one. */
  readonly #connected = new Set<string>();

  constructor(private readonly stack: NetworkStack) {}

  /** How long a connection took before it began. Lab time, milliseconds; undefined: it began at once. */
  waitedMs(connection: string): number | undefined {
    return this.#waited.get(connection);
  }

  /** TCP is connected. */
  connected(connection: string): void {
    this.#connected.add(connection);
  }

  isConnected(connection: string | undefined): boolean {
    return connection !== undefined && this.#connected.has(connection);
  }

  /** What said how a connection goes, and what it cost in time. */
  found(call: Call, said: Found['said'], connection: string | undefined, waitedMs: number): void {
    if (connection === undefined) return;
    if (waitedMs > 0) this.#waited.set(connection, waitedMs);
    if (!said) return;
    const { machine, emit } = this.stack;
    const flow = { machine, account: call.account, ...placeOf(call.url), address: '' };
    emit({ kind: 'decision', connection, device: 'server', action: 'send', ...said, flow });
  }

  /** How an attempt ended. */
  attempt(call: Call, outcome: Failure['result'] | 'ok', facts: FailureFacts, detail?: string): void {
    const { operation, purpose, account, stack, url } = call;
    const before = facts.connection === undefined ? 0 : (this.#waited.get(facts.connection) ?? 0);
    const waitedMs = before + (facts.waitedMs ?? 0);
    this.stack.emit({
      kind: 'attempt',
      operation,
      purpose,
      account,
      stack,
      ...placeOf(url),
      outcome,
      ...(facts.connection && { connection: facts.connection }),
      ...(this.isConnected(facts.connection) && { connected: true }),
      ...(facts.because && { because: facts.because }),
      ...(facts.status && { status: facts.status }),
      ...(waitedMs > 0 && { waitedMs }),
      ...(detail && { detail }),
    });
  }

  /** A handshake, and whether its certificates were accepted. */
  tls(
    call: Call,
    connection: Connection,
    shaken: Handshake,
    outcome: Failure['result'],
    detail?: string,
  ): void {
    this.stack.emit({
      kind: 'tls',
      connection: connection.id,
      side: 'client',
      host: call.url.hostname,
      version: shaken.version,
      chain: shaken.presented.map((one) => ({
        subject: subjectOf(one),
        issuer: issuerOf(one),
        notAfter: one.validTo,
      })),
      clientCertificate: call.certificate ? 'sent' : 'none',
      outcome,
      ...(detail && { detail }),
    });
  }
}
