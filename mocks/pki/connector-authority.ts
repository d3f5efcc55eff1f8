import { createHash, X509Certificate } from 'node:crypto';
import { connectorCertificateDays } from '../../model/requirements/connector-certificate.js';
import { Authority } from './authority.js';
import { day, x509 } from './x509.js';

const connectorIdExtension = '1.3.6.1.4.1.311.82.1';
/** Nothing else may reach the subject, where a comma would begin another attribute. */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const featureExtension = '1.3.6.1.4.1.311.82.2';

/** What a certificate request asked for could not be granted. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
}

export interface Examined {
  standing: 'valid' | 'expired' | 'not-yet-valid' | 'untrusted';
  tenantId?: string;
  connectorId?: string;
}

/** What a certificate of ours says, whatever the time. */
interface Facts {
  /** Milliseconds since 1970. */
  notBefore: number;
  notAfter: number;
  identity: Pick<Examined, 'tenantId' | 'connectorId'>;
}

/**
 * The private authority that signs connectors' certificates. Its root is in no trust store: only the
 * service knows it (connector-facts 1.3).
 */
export class ConnectorAuthority {
  readonly #own: X509Certificate;
  /** By the certificate's digest: each connector shows its own on every connection. */
  readonly #known = new Map<string, Facts>();

  private constructor(private readonly authority: Authority) {
    this.#own = new X509Certificate(authority.der);
  }

  static async create(now: number): Promise<ConnectorAuthority> {
    return new ConnectorAuthority(await Authority.root('connectorregistrationca.msappproxy.net', now));
  }

  /**
   * Signs for {@link connectorCertificateDays}.
   * @throws RequestRefusedError where an id is no GUID, the request is not one, or not signed by its key
   */
  async issue(request: {
    csrDer: Uint8Array;
    tenantId: string;
    connectorId: string;
    now: number;
  }): Promise<Uint8Array> {
    for (const id of [request.tenantId, request.connectorId])
      if (!guid.test(id)) throw new RequestRefusedError('tenant and connector are named by a GUID each');
    const publicKey = await keyOf(request.csrDer);
    const certificate = await this.authority.issue({
      subject: `CN=${request.tenantId}`,
      publicKey,
      validity: { notBefore: request.now - day / 24, notAfter: request.now + connectorCertificateDays * day },
      extensions: [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
          true,
        ),
        new x509.Extension(
          connectorIdExtension,
          false,
          // The sixteen bytes themselves: tools make a GUID of them as they are.
          Uint8Array.from(guidBytes(request.connectorId)).buffer,
        ),
        new x509.Extension(
          featureExtension,
          false,
          Uint8Array.from(Buffer.from('v2:ApplicationProxy')).buffer,
        ),
      ],
    });
    return new Uint8Array(certificate.rawData);
  }

  /** Who a client certificate belongs to, and whether it is good at a time. */
  examine(der: Uint8Array, now: number): Examined {
    const key = createHash('sha256').update(der).digest('base64');
    const facts = this.#known.get(key) ?? this.#read(der);
    if (!facts) return { standing: 'untrusted' };
    this.#known.set(key, facts);
    const { notBefore, notAfter, identity } = facts;
    if (now < notBefore) return { standing: 'not-yet-valid', ...identity };
    if (now > notAfter) return { standing: 'expired', ...identity };
    return { standing: 'valid', ...identity };
  }

  /** What a certificate of this authority says; undefined for one of another's. */
  #read(der: Uint8Array): Facts | undefined {
    const certificate = new X509Certificate(der);
    if (!certificate.checkIssued(this.#own) || !certificate.verify(this.#own.publicKey)) return undefined;
    const parsed = new x509.X509Certificate(der);
    const id = parsed.getExtension(connectorIdExtension);
    const connectorId = id ? guidText(id.value) : undefined;
    return {
      notBefore: parsed.notBefore.getTime(),
      notAfter: parsed.notAfter.getTime(),
      identity: { tenantId: parsed.subjectName.getField('CN')[0], connectorId },
    };
  }
}

/** The connector that a certificate was issued to. @throws RequestRefusedError where it names none */
export function connectorIdOf(der: Uint8Array): string {
  const id = new x509.X509Certificate(Uint8Array.from(der)).getExtension(connectorIdExtension);
  if (!id) throw new RequestRefusedError('the certificate names no connector');
  return guidText(id.value);
}

/** The key of a request that it signed itself. Whatever else somebody sends is refused. */
async function keyOf(csrDer: Uint8Array): Promise<CryptoKey> {
  let signed: boolean;
  let publicKey: CryptoKey;
  try {
    const csr = new x509.Pkcs10CertificateRequest(csrDer);
    signed = await csr.verify();
    publicKey = await csr.publicKey.export();
  } catch (error) {
    throw new RequestRefusedError('the certificate request cannot be read', { cause: error });
  }
  if (!signed) throw new RequestRefusedError('the request is not signed by its own key');
  return publicKey;
}

/** .NET writes the first three groups of a GUID little-endian. */
function guidBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

function guidText(value: ArrayBuffer): string {
  const bytes = Buffer.from(new Uint8Array(value));
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
