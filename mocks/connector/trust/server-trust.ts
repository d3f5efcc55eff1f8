import type { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Connection } from '../../network.js';
import { type Call, placeOf } from '../call.js';
import { toFailure } from '../classify.js';
import { Failure, type FailureFacts } from '../failure.js';
import type { RevocationChecker } from '../revocation/checker.js';
import type { TransportNotes } from '../transport-notes.js';
import type { TransportOptions } from '../transport-options.js';
import { type ChainVerdict, validateChain } from './chain.js';
import type { IssuerFetcher } from './issuer-fetcher.js';
import { type Handshake, handshake } from './tls-client.js';

/** TLS as the connector does it: whether the server is who it should be, and its certificates still good. */
export class ServerTrust {
  /** Chains that were accepted, by host: what a later revocation check is about. */
  readonly accepted = new Map<string, X509Certificate[]>();

  constructor(
    private readonly options: TransportOptions,
    private readonly revocation: RevocationChecker,
    private readonly issuers: IssuerFetcher,
    private readonly notes: TransportNotes,
  ) {}

  /** A connection's stream, secured. @throws Failure */
  async secure(call: Call, connection: Connection): Promise<Duplex> {
    const { host, port } = placeOf(call.url);
    const { server } = this.options.host();
    const facts = { host, port, connection: connection.id };
    const shaken = await handshake(connection, host, server.tls, call).catch((error: unknown) => {
      throw toFailure(error, facts);
    });
    try {
      // While others are asked about its certificates a server says nothing, and is not silent by that.
      using _ = connection.rest?.();
      await this.#trust(call, shaken, facts);
      this.notes.tls(call, connection, shaken, 'ok');
      return shaken.secure;
    } catch (error) {
      shaken.secure.destroy();
      const failure = toFailure(error, facts);
      this.notes.tls(call, connection, shaken, failure.result, failure.message);
      throw failure;
    }
  }

  /** Whether the server is who it should be, and its certificates are still good. */
  async #trust(call: Call, { presented, secure }: Handshake, facts: FailureFacts): Promise<void> {
    if (call.takesAnyCertificate) return;
    const { stack, certificates, roots, refreshRoots } = this.options;
    const validate = (sent: readonly X509Certificate[]) =>
      validateChain({
        presented: sent,
        roots: roots().map(({ der }) => certificates.parse(der)),
        host: call.url.hostname,
        now: stack.clock.now(),
        facts: certificates,
      });
    /** What was asked for in place of a trusted chain, and did not come. */
    const unfetched = (what: string) => (error: unknown) => {
      const { message, facts: fetched } = toFailure(error, {});
      const detail = `${reasonOf(verdict)}, and ${what} could not be fetched: ${message}`;
      const { connection: because, waitedMs } = fetched;
      throw new Failure('tls-untrusted-issuer', detail, { ...facts, because, waitedMs }, { cause: error });
    };
    let chain: readonly X509Certificate[] = presented;
    let verdict = validate(chain);
    while (verdict.result === 'tls-untrusted-issuer') {
      const top = verdict.chain.at(-1);
      const issuer =
        top && (await this.issuers.issuerOf(top, call).catch(unfetched('the certificate of its authority')));
      if (!issuer || chain.some((one) => one.raw.equals(issuer.raw))) break;
      chain = [...chain, issuer];
      verdict = validate(chain);
    }
    if (verdict.result === 'tls-untrusted-issuer' && !call.direct) {
      const added = await refreshRoots(call).catch(unfetched('the root list'));
      if (added) verdict = validate(chain);
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
    // Servers let go who says nothing for long; a request on what is gone would never be answered.
    const isGone = secure.destroyed;
    if ((insists || isGone) && revocation.state === 'offline') throw offline(revocation.failure, facts);
    if (isGone) throw new Failure('tcp-reset', 'it ended while its certificates were looked up', facts);
    this.accepted.set(call.url.hostname, verdict.chain);
  }
}

function reasonOf(verdict: ChainVerdict): string {
  return verdict.result === 'ok' ? '' : verdict.reason;
}

/** A handshake that fails because a revocation list or responder could not be asked. */
function offline({ message, facts: { connection, waitedMs } }: Failure, facts: FailureFacts): Failure {
  return new Failure('tls-revocation-offline', message, { ...facts, because: connection, waitedMs });
}
