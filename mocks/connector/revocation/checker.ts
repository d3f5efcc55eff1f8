import type { X509Certificate } from 'node:crypto';
import type { Account, ResultName } from '../../../model/evidence/vocabulary.js';
import type { NetworkStack } from '../../network.js';
import { Failure, type FailureFacts } from '../failure.js';
import { type CertificateFacts, type RevocationSource, serialOf } from '../trust/certificate-facts.js';
import { subjectOf } from '../trust/chain.js';
import type { RevocationList } from './crl.js';
import type { OcspAnswer } from './ocsp.js';

/** Fetches over plain HTTP on the system stack, in an account. @throws Failure */
export type Fetch = (
  url: URL,
  account: Account,
  body?: Uint8Array,
) => Promise<{ body: Buffer; contentType: string; connection: string; waitedMs?: number | undefined }>;

export type Revocation =
  | { state: 'good' }
  | { state: 'revoked' | 'no-information'; reason: string }
  /** The retrieval that failed, with the place it was tried at. */
  | { state: 'offline'; failure: Failure };

type Known = RevocationList | OcspAnswer;

/** How long Windows waits for one silent retrieval, milliseconds. Assumed: about 15 s by common report. */
const retrievalTimeoutMs = 15_000;
/** Clocks may differ by so much before a list counts as from the future. */
const toleranceMs = 5 * 60_000;

/** Looks certificates up at the addresses they name, and remembers answers until they are over. */
export class RevocationChecker {
  readonly #known = new Map<string, Known>();
  /** Retrievals that are under way: whoever needs the same meanwhile waits for it. */
  readonly #underWay = new Map<string, Promise<Known | { failure: Failure }>>();

  constructor(
    private readonly stack: NetworkStack,
    private readonly fetch: Fetch,
    private readonly certificates: CertificateFacts,
  ) {}

  forget(): void {
    this.#known.clear();
  }

  /** Every certificate of a chain but the root. A revoked one ends it; otherwise the first that is not good counts. */
  async checkChain(chain: readonly X509Certificate[], account: Account): Promise<Revocation> {
    let worst: Revocation = { state: 'good' };
    for (const [index, certificate] of chain.entries()) {
      const issuer = chain[index + 1];
      if (!issuer) break;
      const found = await this.#check(certificate, issuer, account);
      if (found.state === 'revoked') return found;
      if (worst.state === 'good') worst = found;
    }
    return worst;
  }

  async #check(certificate: X509Certificate, issuer: X509Certificate, account: Account): Promise<Revocation> {
    const source = this.certificates.revocationSource(certificate);
    if (!source)
      return {
        state: 'no-information',
        reason: `${subjectOf(certificate)} names no revocation list or responder`,
      };
    const serial = serialOf(certificate);
    // An answer speaks for the authority that signed it, whoever else names the same address.
    const place = `${source.url.href} ${issuer.fingerprint256}`;
    const key = source.kind === 'crl' ? place : `${place} ${serial}`;
    const remembered = this.#known.get(key);
    const cached = remembered !== undefined && this.#isCurrent(remembered);
    const known = cached
      ? remembered
      : await this.#once(`${account} ${key}`, () => this.#retrieve(source, certificate, issuer, account));
    if ('failure' in known) {
      this.#note(certificate, source, known.failure.result, false, known.failure.facts);
      return { state: 'offline', failure: known.failure };
    }
    this.#known.set(key, known);
    const revoked = 'revoked' in known ? known.revoked.has(serial) : known.status === 'revoked';
    this.#note(certificate, source, revoked ? 'tls-revoked' : 'ok', cached, {});
    return revoked
      ? { state: 'revoked', reason: `${subjectOf(certificate)} was revoked` }
      : { state: 'good' };
  }

  #once(key: string, retrieve: () => Promise<Known | { failure: Failure }>) {
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const begun = retrieve().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, begun);
    return begun;
  }

  async #retrieve(
    source: RevocationSource,
    certificate: X509Certificate,
    issuer: X509Certificate,
    account: Account,
  ): Promise<Known | { failure: Failure }> {
    const place = { host: source.url.hostname, port: Number(source.url.port || 80) };
    const attempt = (outcome: ResultName, facts: FailureFacts, detail?: string) =>
      this.stack.emit({
        kind: 'attempt',
        operation: 'revocation-check',
        purpose: source.kind === 'crl' ? 'fetch a revocation list' : 'ask a responder',
        account,
        stack: 'system',
        ...place,
        outcome,
        ...(facts.connection && { connection: facts.connection }),
        ...(facts.connected && { connected: true }),
        ...(facts.status && { status: facts.status }),
        ...(facts.waitedMs && { waitedMs: facts.waitedMs }),
        ...(detail && { detail }),
      });
    try {
      const body = source.kind === 'ocsp' ? this.certificates.request(certificate, issuer) : undefined;
      const reply = await this.fetch(source.url, account, body);
      const known =
        source.kind === 'crl'
          ? await this.certificates.list(reply.body, issuer)
          : this.certificates.answer(reply.body, certificate, issuer);
      if (!known) {
        const isPage = reply.contentType.includes('html');
        throw new Failure(
          isPage ? 'http-block-page' : 'tls-revocation-offline',
          isPage ? 'a page came in place of the list' : 'what came is not the issuer’s answer',
          reply,
        );
      }
      if ('status' in known && known.status === 'unknown')
        throw new Failure('tls-revocation-offline', 'the responder does not know the certificate', reply);
      if (!this.#isCurrent(known))
        throw new Failure('tls-revocation-offline', 'the answer is out of date', reply);
      attempt('ok', reply);
      return known;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const waitedMs = error.facts.waitedMs ? retrievalTimeoutMs : 0;
      const facts = { ...place, ...error.facts, waitedMs };
      attempt(error.result, facts, error.message);
      return {
        failure: new Failure(error.result, `${source.url.host}: ${error.message}`, facts, { cause: error }),
      };
    }
  }

  #isCurrent({ thisUpdate, nextUpdate }: Known): boolean {
    const now = this.stack.clock.now();
    return thisUpdate - toleranceMs <= now && now < nextUpdate;
  }

  #note(
    certificate: X509Certificate,
    source: RevocationSource,
    outcome: ResultName,
    cached: boolean,
    facts: FailureFacts,
  ): void {
    this.stack.emit({
      kind: 'revocation',
      certificate: subjectOf(certificate),
      source: source.kind,
      url: source.url.href,
      outcome,
      cached,
      waitedMs: facts.waitedMs ?? 0,
      ...(facts.connection && { connection: facts.connection }),
    });
  }
}
