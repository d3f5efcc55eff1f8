import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Account } from '../../model/evidence/vocabulary.js';
import type { WayOut } from '../../model/pac/pac-answer.js';
import type { Found } from '../../model/path/proxy-finder.js';
import { backendTimeoutMs } from '../../model/policy/application.js';
import { queryTimeoutMs, synTimeoutMs } from '../devices/refusal.js';
import type { Connection, NetworkStack } from '../network.js';
import type { TrustedRoot } from '../pki/pki.js';
import { takesHeader } from '../protocol/lab-headers.js';
import { type Call, placeOf, type Reply } from './call.js';
import { isProxysOwn, proxyResult, toFailure } from './classify.js';
import { Failure, type FailureFacts } from './failure.js';
import { openTunnel } from './proxy-tunnel.js';
import { RevocationChecker } from './revocation/checker.js';
import type { CertificateFacts } from './trust/certificate-facts.js';
import { issuerOf, subjectOf, validateChain } from './trust/chain.js';
import { type Handshake, handshake } from './trust/tls-client.js';
import type { WindowsHost } from './windows-host.js';

/** How long .NET waits for an answer. Lab time, milliseconds; its default, nobody has published another. */
const requestTimeoutMs = 100_000;

/** What is waited for where nobody answers. Lab time, milliseconds. */
const patience = { connection: synTimeoutMs, name: queryTimeoutMs } as const;

/** A connection that is ready for HTTP. */
export interface Opened {
  connection: Connection;
  socket: Duplex;
  /** The proxy to which plain requests go in absolute form. */
  proxied: boolean;
}

export interface TransportOptions {
  stack: NetworkStack;
  /** What is known of certificates; may be shared with other labs. */
  certificates: CertificateFacts;
  host(): WindowsHost;
  /** What the machine trusts now. */
  roots(): readonly TrustedRoot[];
  /** Brings the root store up to date where it is not; true where that added something. */
  refreshRoots(call: Call): Promise<boolean>;
}

/** Everything the connector sends: names, proxies, TLS with its trust and revocation, HTTP. */
export class Transport {
  readonly revocation: RevocationChecker;
  readonly #certificates: CertificateFacts;
  /** Chains that were accepted, by host: what a later revocation check is about. */
  readonly #accepted = new Map<string, X509Certificate[]>();
  /** Connections that were not made at once: what was tried before them took so long. Lab time, milliseconds. */
  readonly #waited = new Map<string, number>();

  constructor(private readonly options: TransportOptions) {
    this.#certificates = options.certificates;
    this.revocation = new RevocationChecker(
      options.stack,
      (url, account, body) => this.#retrieve(url, account, body),
      this.#certificates,
    );
  }

  get acceptedChains(): ReadonlyMap<string, X509Certificate[]> {
    return this.#accepted;
  }

  /** An exchange as an `attempt` in evidence. @throws Failure */
  async attempt(call: Call): Promise<Reply> {
    return this.noted(call, async () => {
      const reply = await this.#exchange(call);
      this.#judge(call, reply);
      return reply;
    });
  }

  /** Writes the attempt that some work is, however it ends. @throws Failure */
  async noted<T extends { connection: string | Connection; status?: number }>(
    call: Call,
    work: () => Promise<T>,
  ): Promise<T> {
    const place = placeOf(call.url);
    try {
      const done = await work();
      const connection = typeof done.connection === 'string' ? done.connection : done.connection.id;
      this.#note(call, 'ok', { connection, status: done.status });
      return done;
    } catch (error) {
      const failure = toFailure(error, place);
      this.#note(call, failure.result, failure.facts, failure.message);
      throw failure;
    }
  }

  /**
   * Opens a connection for HTTP, secured where the URL says so, by the first way out that is one.
   * @throws Failure, NetworkError
   */
  async open(call: Call): Promise<Opened> {
    const { ways, said, awaited } = this.options.host().waysOut(call);
    let waitedMs = awaited.reduce((sum, what) => sum + patience[what], 0);
    for (const [index, way] of ways.entries())
      try {
        const opened = await this.#openBy(way, call);
        this.#found(call, said, opened.connection.id, waitedMs);
        return opened;
      } catch (error) {
        const failure = toFailure(error, placeOf(call.url));
        const isDead = failure.result === 'proxy-unreachable' && index < ways.length - 1;
        waitedMs += isDead ? (failure.facts.waitedMs ?? 0) : 0;
        if (isDead) continue;
        this.#found(call, said, failure.facts.connection, waitedMs);
        throw error;
      }
    throw new Error('there is no way out at all');
  }

  async #openBy(way: WayOut, call: Call): Promise<Opened> {
    const secure = call.url.protocol === 'https:';
    if (way === 'direct') {
      const connection = await this.#connect(call, placeOf(call.url));
      return {
        connection,
        socket: secure ? await this.#secure(call, connection) : connection.socket,
        proxied: false,
      };
    }
    const connection = await this.#reachProxy(call, way);
    if (!secure) return { connection, socket: connection.socket, proxied: true };
    await openTunnel(connection, placeOf(call.url));
    return { connection, socket: await this.#secure(call, connection), proxied: false };
  }

  /** Writes down what said how a connection goes, and what it cost in time. */
  #found(call: Call, said: Found['said'], connection: string | undefined, waitedMs: number): void {
    if (connection === undefined) return;
    if (waitedMs > 0) this.#waited.set(connection, waitedMs);
    if (!said) return;
    const { machine, emit } = this.options.stack;
    const flow = { machine, account: call.account, ...placeOf(call.url), address: '' };
    emit({ kind: 'decision', connection, device: 'server', action: 'send', ...said, flow });
  }

  #connect({ account, stack }: Call, place: { host: string; port: number }): Promise<Connection> {
    return this.options.stack.connect({ ...place, account, stack });
  }

  async #reachProxy(call: Call, proxy: { host: string; port: number }): Promise<Connection> {
    try {
      return await this.#connect(call, proxy);
    } catch (error) {
      const { message, facts } = toFailure(error, placeOf(call.url));
      throw new Failure('proxy-unreachable', message, { ...facts, ...placeOf(call.url) }, { cause: error });
    }
  }

  async #secure(call: Call, connection: Connection): Promise<Duplex> {
    const { host, port } = placeOf(call.url);
    const { server } = this.options.host();
    const facts = { host, port, connection: connection.id };
    const shaken = await handshake(connection, host, server.tls, call).catch((error: unknown) => {
      throw toFailure(error, facts);
    });
    try {
      await this.#trust(call, shaken, facts);
      this.#noteTls(call, connection, shaken, 'ok');
      return shaken.secure;
    } catch (error) {
      shaken.secure.destroy();
      const failure = toFailure(error, facts);
      this.#noteTls(call, connection, shaken, failure.result, failure.message);
      throw failure;
    }
  }

  /** Whether the server is who it should be, and its certificates are still good. */
  async #trust(call: Call, { presented }: Handshake, facts: FailureFacts): Promise<void> {
    if (call.takesAnyCertificate) return;
    const { stack, roots, refreshRoots } = this.options;
    const validate = () =>
      validateChain({
        presented,
        roots: roots().map(({ der }) => this.#certificates.parse(der)),
        host: call.url.hostname,
        now: stack.clock.now(),
        facts: this.#certificates,
      });
    let verdict = validate();
    if (verdict.result === 'tls-untrusted-issuer' && !call.direct) {
      const { reason } = verdict;
      const added = await refreshRoots(call).catch((error: unknown) => {
        const { message, facts: list } = toFailure(error, {});
        const detail = `${reason}, and the root list could not be fetched: ${message}`;
        const { connection: because, waitedMs } = list;
        throw new Failure('tls-untrusted-issuer', detail, { ...facts, because, waitedMs }, { cause: error });
      });
      if (added) verdict = validate();
    }
    if (verdict.result !== 'ok') throw new Failure(verdict.result, verdict.reason, facts);
    // Assumed: of an application's certificate no revocation is asked for (connector-facts 5.8).
    if (call.direct) return;
    const revocation = await this.revocation.checkChain(verdict.chain, call.account);
    if (revocation.state === 'revoked') throw new Failure('tls-revoked', revocation.reason, facts);
    // A browser goes on without revocation; the service does what its profile says.
    const insists = call.stack !== 'browser' && this.options.host().server.revocation === 'hard-fail';
    if (insists && revocation.state === 'no-information')
      throw new Failure('tls-no-revocation-info', revocation.reason, facts);
    if (insists && revocation.state === 'offline') throw offline(revocation.failure, facts);
    this.#accepted.set(call.url.hostname, verdict.chain);
  }

  async #exchange(call: Call): Promise<Reply> {
    const { connection, socket, proxied } = await this.open(call);
    const { url, method = 'GET', headers = {}, body } = call;
    const facts = { ...placeOf(url), connection: connection.id };
    try {
      const request = httpRequest({
        createConnection: () => socket,
        method,
        path: proxied ? url.href : url.pathname + url.search,
        headers: {
          host: url.host,
          connection: 'close',
          ...headers,
          ...(body && { 'content-length': Buffer.byteLength(body) }),
        },
      });
      request.end(body);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const takesMs = Number(response.headers[takesHeader] ?? 0);
      const patienceMs = call.direct ? backendTimeoutMs : requestTimeoutMs;
      if (takesMs > patienceMs)
        throw new Failure(
          call.operation === 'revocation-check' ? 'tls-revocation-offline' : 'tcp-drop',
          'the answer began and did not end in time',
          { ...facts, status: response.statusCode, waitedMs: patienceMs, timedOut: true },
        );
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const status = response.statusCode ?? 0;
      if (proxied && (status === 407 || status === 403 || isProxysOwn(response.headers)))
        throw new Failure(proxyResult(status, response.headers), `the proxy answered ${status}`, {
          ...facts,
          status,
        });
      return { status, headers: response.headers, body: Buffer.concat(chunks), connection: connection.id };
    } catch (error) {
      throw toFailure(connection.socket.errored ?? error, facts);
    } finally {
      socket.destroy();
    }
  }

  /** Whether an answer is one of the service's own. */
  #judge({ url, expects, direct }: Call, { status, headers, connection }: Reply): void {
    if (direct) return;
    const facts = { ...placeOf(url), connection, status };
    if (status === 401 || status === 403)
      throw new Failure('http-unauthorized', `the service answered ${status}`, facts);
    const type = headers['content-type'] ?? '';
    if (status < 500 && expects && type.includes('html'))
      throw new Failure('http-block-page', `a page came in place of ${expects}`, facts);
    if (status >= 400) throw new Failure('refused-by-service', `the service answered ${status}`, facts);
  }

  async #retrieve(url: URL, account: Account, body?: Uint8Array) {
    const call: Call = {
      operation: 'revocation-check',
      purpose: 'revocation',
      account,
      stack: 'system',
      url,
      ...(body && { method: 'POST', body, headers: { 'content-type': 'application/ocsp-request' } }),
    };
    try {
      const reply = await this.#exchange(call);
      const contentType = reply.headers['content-type'] ?? '';
      if (reply.status !== 200 && !contentType.includes('html'))
        throw new Failure('tls-revocation-offline', `answered ${reply.status}`, {
          ...placeOf(url),
          connection: reply.connection,
        });
      return {
        ...{ body: reply.body, contentType, connection: reply.connection },
        waitedMs: this.#waited.get(reply.connection),
      };
    } catch (error) {
      throw toFailure(error, placeOf(url));
    }
  }

  #note(call: Call, outcome: Failure['result'] | 'ok', facts: FailureFacts, detail?: string): void {
    const { operation, purpose, account, stack, url } = call;
    const before = facts.connection === undefined ? 0 : (this.#waited.get(facts.connection) ?? 0);
    const waitedMs = before + (facts.waitedMs ?? 0);
    this.options.stack.emit({
      kind: 'attempt',
      operation,
      purpose,
      account,
      stack,
      ...placeOf(url),
      outcome,
      ...(facts.connection && { connection: facts.connection }),
      ...(facts.because && { because: facts.because }),
      ...(facts.status && { status: facts.status }),
      ...(waitedMs > 0 && { waitedMs }),
      ...(detail && { detail }),
    });
  }

  #noteTls(
    call: Call,
    connection: Connection,
    shaken: Handshake,
    outcome: Failure['result'],
    detail?: string,
  ): void {
    this.options.stack.emit({
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

/** A handshake that fails because a revocation list or responder could not be asked. */
function offline({ message, facts: { connection, waitedMs } }: Failure, facts: FailureFacts): Failure {
  return new Failure('tls-revocation-offline', message, { ...facts, because: connection, waitedMs });
}
