import { createSecureContext, type SecureContext } from 'node:tls';
import { isAddress } from '../../model/site/address-range.js';
import type { ApplicationCertificate } from '../../model/site/schema.js';
import { Authority } from './authority.js';
import { algorithm, day, keyToPem, newKeys, toPem, wholeSeconds, x509 } from './x509.js';

/** The customer's own authority, which signs for applications inside the site, and which the servers trust. */
export class ApplicationAuthority {
  readonly #made = new Map<string, Promise<SecureContext>>();

  private constructor(
    private readonly authority: Authority,
    private readonly keys: CryptoKeyPair,
    private readonly keyPem: string,
    private readonly now: number,
  ) {}

  /** @param now lab time that certificates are valid around, milliseconds since 1970 */
  static async create(now: number): Promise<ApplicationAuthority> {
    const keys = await newKeys();
    const authority = await Authority.root('Lab Internal CA', now);
    return new ApplicationAuthority(authority, keys, await keyToPem(keys.privateKey), now);
  }

  get name(): string {
    return this.authority.name;
  }

  get der(): Uint8Array {
    return this.authority.der;
  }

  /** What an application's host shows: a good certificate, or one with a fault. */
  certificate(host: string, kind: ApplicationCertificate): Promise<SecureContext> {
    const key = `${host} ${kind}`;
    const made = this.#made.get(key) ?? this.#make(host, kind);
    this.#made.set(key, made);
    return made;
  }

  async #make(host: string, kind: ApplicationCertificate): Promise<SecureContext> {
    const name = kind === 'wrong-name' ? 'www.fabrikam.test' : host;
    const subject = `CN=${name}`;
    const extensions = [
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: isAddress(name) ? 'ip' : 'dns', value: name }]),
    ];
    const validity =
      kind === 'expired'
        ? { notBefore: this.now - 398 * day, notAfter: this.now - day }
        : { notBefore: this.now - 30 * day, notAfter: this.now + 368 * day };
    const { publicKey } = this.keys;
    const certificate =
      kind === 'self-signed'
        ? await x509.X509CertificateGenerator.createSelfSigned({
            name: subject,
            keys: this.keys,
            notBefore: wholeSeconds(validity.notBefore),
            notAfter: wholeSeconds(validity.notAfter),
            signingAlgorithm: algorithm,
            extensions,
          })
        : await this.authority.issue({ subject, publicKey, validity, extensions });
    return createSecureContext({ key: this.keyPem, cert: toPem(certificate.rawData) });
  }
}
