import { X509Certificate } from 'node:crypto';
import type { Call, Reply } from '../call.js';
import { Failure } from '../failure.js';
import type { CertificateFacts } from './certificate-facts.js';

/**
 * Fetches certificates of authorities that servers did not send, from where the certificates below them
 * say (authority information access, RFC 5280, 4.2.2.1), as Windows does on the system's stack.
 */
export class IssuerFetcher {
  readonly #fetched = new Map<string, X509Certificate>();

  constructor(
    private readonly certificates: CertificateFacts,
    private readonly attempt: (call: Call) => Promise<Reply>,
  ) {}

  /** Nothing has been fetched yet. */
  forget(): void {
    this.#fetched.clear();
  }

  /** The authority that has signed it, where it says where to find that. @throws Failure */
  async issuerOf(
    certificate: X509Certificate,
    { operation, account }: Call,
  ): Promise<X509Certificate | undefined> {
    const url = this.certificates.issuerUrl(certificate);
    if (!url) return undefined;
    const known = this.#fetched.get(url.href);
    if (known) return known;
    const purpose = 'fetch the certificate of an authority';
    const of = { operation, account, stack: 'system', expects: 'certificate' } as const;
    const reply = await this.attempt({ ...of, purpose, url });
    const issuer = this.#read(reply);
    this.#fetched.set(url.href, issuer);
    return issuer;
  }

  /** @throws Failure where it is something else */
  #read({ body, connection, status }: Reply): X509Certificate {
    try {
      return new X509Certificate(body);
    } catch (cause) {
      const facts = { connection, status };
      throw new Failure('http-block-page', 'what came is no certificate', facts, { cause });
    }
  }
}
