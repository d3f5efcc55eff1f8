import { inspectionListUrl } from '../../model/site/inspection-list.js';
import { Authority } from './authority.js';
import { day, keyToPem, newKeys, toPem, x509 } from './x509.js';

export interface ForgedCertificate {
  keyPem: string;
  chainPem: string;
}

/** The authority of an inspecting device: it signs a certificate for whatever host is asked for. */
export class InspectionAuthority {
  readonly #forged = new Map<string, Promise<ForgedCertificate>>();

  #own: Promise<ForgedCertificate> | undefined;

  private constructor(
    private readonly authority: Authority,
    private readonly keys: CryptoKeyPair,
    private readonly keyPem: string,
    private readonly now: number,
  ) {}

  static async create(name: string, now: number): Promise<InspectionAuthority> {
    const keys = await newKeys();
    return new InspectionAuthority(
      await Authority.root(name, now),
      keys,
      await keyToPem(keys.privateKey),
      now,
    );
  }

  get name(): string {
    return this.authority.name;
  }

  get der(): Uint8Array {
    return this.authority.der;
  }

  /** Certificate and key as PEM, for products that sign by themselves. */
  async pem(): Promise<{ certificate: string; key: string }> {
    return { certificate: toPem(this.authority.der), key: await keyToPem(this.authority.keys.privateKey) };
  }

  /** A certificate for a host. Without `revocationInfo` it names no revocation list, as many products do. */
  forge(host: string, options: { revocationInfo: boolean }): Promise<ForgedCertificate> {
    const key = `${host} ${options.revocationInfo}`;
    const known = this.#forged.get(key);
    if (known !== undefined) return known;
    const forged = this.#forge(host, options.revocationInfo);
    this.#forged.set(key, forged);
    return forged;
  }

  /** What the device itself shows to servers that ask for a certificate. */
  clientCertificate(): Promise<ForgedCertificate> {
    this.#own ??= this.#issue(`CN=${this.name} device`, [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ]);
    return this.#own;
  }

  /** The list that forged certificates name. */
  list(now: number): Promise<Uint8Array> {
    return this.authority.list(now, []);
  }

  #forge(host: string, revocationInfo: boolean): Promise<ForgedCertificate> {
    return this.#issue(`CN=${host}`, [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ...(revocationInfo ? [new x509.CRLDistributionPointsExtension([inspectionListUrl])] : []),
    ]);
  }

  async #issue(subject: string, extensions: x509.Extension[]): Promise<ForgedCertificate> {
    const certificate = await this.authority.issue({
      subject,
      publicKey: this.keys.publicKey,
      validity: { notBefore: this.now - 30 * day, notAfter: this.now + 398 * day },
      extensions,
    });
    return { keyPem: this.keyPem, chainPem: toPem(certificate.rawData) };
  }
}
