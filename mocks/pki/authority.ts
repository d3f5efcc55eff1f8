import { randomBytes } from 'node:crypto';
import { algorithm, day, newKeys, wholeSeconds, x509 } from './x509.js';

const { KeyUsageFlags } = x509;

export interface Validity {
  notBefore: number;
  notAfter: number;
}

export interface IssueOptions {
  subject: string;
  publicKey: CryptoKey;
  validity: Validity;
  extensions: x509.Extension[];
}

export interface RevokedEntry {
  serialNumber: string;
  revocationDate: Date;
}

/** A certificate authority: its certificate, its key, and what it signs. */
export class Authority {
  private constructor(
    readonly name: string,
    readonly certificate: x509.X509Certificate,
    readonly keys: CryptoKeyPair,
  ) {}

  static async root(name: string, now: number): Promise<Authority> {
    const keys = await newKeys();
    const validity = { notBefore: now - 3650 * day, notAfter: now + 3650 * day };
    const certificate = await sign(`CN=${name}`, keys, {
      subject: `CN=${name}`,
      publicKey: keys.publicKey,
      validity,
      extensions: await authorityExtensions(keys.publicKey),
    });
    return new Authority(name, certificate, keys);
  }

  /** An intermediate, signed by this one. `extensions`: where its own revocation is published. */
  async subordinate(name: string, now: number, extensions: x509.Extension[]): Promise<Authority> {
    const keys = await newKeys();
    const certificate = await this.issue({
      subject: `CN=${name}`,
      publicKey: keys.publicKey,
      validity: { notBefore: now - 1825 * day, notAfter: now + 1825 * day },
      extensions: [...(await authorityExtensions(keys.publicKey, 0)), ...extensions],
    });
    return new Authority(name, certificate, keys);
  }

  async issue(options: IssueOptions): Promise<x509.X509Certificate> {
    const issuerKey = await x509.AuthorityKeyIdentifierExtension.create(this.keys.publicKey);
    return sign(this.certificate.subject, this.keys, {
      ...options,
      extensions: [...options.extensions, issuerKey],
    });
  }

  /** A revocation list. Seven days until the next, as public authorities do. */
  async list(now: number, entries: readonly RevokedEntry[]): Promise<Uint8Array> {
    const crl = await x509.X509CrlGenerator.create({
      issuer: this.certificate.subject,
      thisUpdate: wholeSeconds(now),
      nextUpdate: wholeSeconds(now + 7 * day),
      entries: entries.map((entry) => ({ ...entry, reason: x509.X509CrlReason.keyCompromise })),
      signingAlgorithm: algorithm,
      signingKey: this.keys.privateKey,
      extensions: [await x509.AuthorityKeyIdentifierExtension.create(this.keys.publicKey)],
    });
    return new Uint8Array(crl.rawData);
  }

  get der(): Uint8Array {
    return new Uint8Array(this.certificate.rawData);
  }
}

async function sign(
  issuer: string,
  keys: CryptoKeyPair,
  options: IssueOptions,
): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: options.subject,
    issuer,
    notBefore: wholeSeconds(options.validity.notBefore),
    notAfter: wholeSeconds(options.validity.notAfter),
    signingAlgorithm: algorithm,
    publicKey: options.publicKey,
    signingKey: keys.privateKey,
    extensions: options.extensions,
  });
}

/** Positive and without a leading zero, so that every tool prints it alike. */
function serial(): string {
  const bytes = randomBytes(12);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function authorityExtensions(publicKey: CryptoKey, pathLength?: number): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, pathLength, true),
    new x509.KeyUsagesExtension(
      KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
      true,
    ),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
}
