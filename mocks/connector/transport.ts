import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Account } from '../../model/evidence/vocabulary.js';
import { backendTimeoutMs } from '../../model/policy/application.js';
import type { Connection } from '../network.js';
import { hasComeBack, takesHeader } from '../protocol/lab-headers.js';
import { type Call, placeOf, type Reply } from './call.js';
import { isProxysOwn, proxyAnswered, proxyResult, toFailure } from './classify.js';
import { Failure } from './failure.js';
import { exchangeOverHttp2 } from './http2-exchange.js';
import { type Opened, Opener } from './opener.js';
import { RevocationChecker } from './revocation/checker.js';
import { TransportNotes } from './transport-notes.js';
import type { TransportOptions } from './transport-options.js';
import { IssuerFetcher } from './trust/issuer-fetcher.js';
import { ServerTrust } from './trust/server-trust.js';

/** How long .NET waits for an answer. Lab time, milliseconds; its default, nobody has published another. */
const requestTimeoutMs = 100_000;
/** The longest revocation lists have a third of it. Bytes. */
const mostBytes = 64 * 1024 * 1024;

/** Everything the connector sends: names, proxies, TLS with its trust and revocation, HTTP. */
export class Transport {
  readonly revocation: RevocationChecker;
  readonly issuers: IssuerFetcher;
  readonly #notes: TransportNotes;
  readonly #trust: ServerTrust;
  readonly #opener: Opener;

  constructor(options: TransportOptions) {
    this.#notes = new TransportNotes(options.stack);
    this.revocation = new RevocationChecker(
      options.stack,
      (url, account, body) => this.#retrieve(url, account, body),
      options.certificates,
    );
    this.issuers = new IssuerFetcher(options.certificates, (call) => this.attempt(call));
    this.#trust = new ServerTrust(options, this.revocation, this.issuers, this.#notes);
    this.#opener = new Opener(options, this.#trust, this.#notes);
  }

  /** Chains that were accepted, by host: what a later revocation check is about. */
  get acceptedChains(): ReadonlyMap<string, X509Certificate[]> {
    return this.#trust.accepted;
  }

  /** Opens a connection for HTTP, secured where the URL says so. @throws Failure, NetworkError */
  open(call: Call): Promise<Opened> {
    return this.#opener.open(call);
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
      this.#notes.attempt(call, 'ok', { connection, status: done.status });
      return done;
    } catch (error) {
      const failure = toFailure(error, place);
      this.#notes.attempt(call, failure.result, failure.facts, failure.message);
      throw failure;
    }
  }

  async #exchange(call: Call): Promise<Reply> {
    const { connection, socket, proxied } = await this.open(call);
    const { url, method = 'GET', headers = {}, body } = call;
    const facts = { ...placeOf(url), connection: connection.id };
    try {
      if (call.protocol === 'h2') {
        const answer = await exchangeOverHttp2(socket, call);
        return { ...answer, connection: connection.id };
      }
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
      const status = response.statusCode ?? 0;
      // A proxy that reads what is said in its tunnels answers there as well. Of what its parent answered, squid
      // hands on the head alone.
      if ((proxied && (status === 407 || status === 403)) || isProxysOwn(response.headers))
        throw new Failure(proxyResult(status, response.headers), proxyAnswered(status, response.headers), {
          ...facts,
          status,
        });
      const takesMs = Number(response.headers[takesHeader] ?? 0);
      const patienceMs = call.direct ? backendTimeoutMs : requestTimeoutMs;
      if (takesMs > patienceMs)
        throw new Failure(
          call.operation === 'revocation-check' ? 'tls-revocation-offline' : 'tcp-drop',
          'the answer began and did not end in time',
          { ...facts, status, waitedMs: patienceMs, timedOut: true },
        );
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of response) {
        bytes += (chunk as Buffer).length;
        if (bytes > mostBytes)
          throw new Failure('refused-by-service', 'the answer is longer than any that is wanted', facts);
        chunks.push(chunk as Buffer);
      }
      return { status, headers: response.headers, body: Buffer.concat(chunks), connection: connection.id };
    } catch (error) {
      throw toFailure(connection.socket.errored ?? error, facts);
    } finally {
      socket.destroy();
    }
  }

  /** Whether an answer is one of the service's own. */
  #judge({ url, expects, direct, takesAnyAnswer }: Call, { status, headers, connection }: Reply): void {
    const facts = { ...placeOf(url), connection, status };
    if (direct && hasComeBack(headers))
      throw new Failure('refused-by-service', 'the service publishes it there: the request came back', facts);
    if (direct || takesAnyAnswer) return;
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
        waitedMs: this.#notes.waitedMs(reply.connection),
      };
    } catch (error) {
      const { result, message, facts } = toFailure(error, placeOf(url));
      const connected = this.#notes.isConnected(facts.connection);
      throw new Failure(result, message, { ...facts, ...(connected && { connected }) }, { cause: error });
    }
  }
}
