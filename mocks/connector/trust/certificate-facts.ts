import { createHash, X509Certificate } from 'node:crypto';
import { ocspRequest } from '../../pki/ocsp.js';
import { x509 } from '../../pki/x509.js';
import { type RevocationList, readList } from '../revocation/crl.js';
import { type OcspAnswer, readAnswer } from '../revocation/ocsp.js';
import { objectionTo } from './objection.js';

export interface RevocationSource {
  kind: 'crl' | 'ocsp';
  url: URL;
}

/**
 * What certificates say, worked out once per certificate: the same few authorities sign everything a
 * connector meets, and parsing and verifying them is most of what a handshake costs.
 */
export class CertificateFacts {
  readonly #issued = new Map<string, boolean>();
  readonly #pathLengths = new Map<string, number>();
  readonly #sources = new Map<string, RevocationSource | undefined>();
  readonly #extensions = new Map<string, x509.X509Certificate>();
  readonly #objections = new Map<string, string | undefined>();
  readonly #parsed = new Map<Uint8Array, X509Certificate>();
  readonly #lists = new Map<string, Promise<RevocationList | undefined>>();
  readonly #requests = new Map<string, Uint8Array>();
  readonly #answers = new Map<string, OcspAnswer | undefined>();

  /** A certificate from its DER bytes; the same bytes object gives the same certificate. */
  parse(der: Uint8Array): X509Certificate {
    return memo(this.#parsed, der, () => new X509Certificate(der));
  }

  /** Whether an authority signed a certificate. */
  issued(certificate: X509Certificate, issuer: X509Certificate): boolean {
    const key = `${certificate.fingerprint256} ${issuer.fingerprint256}`;
    return memo(
      this.#issued,
      key,
      () => issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey),
    );
  }

  /** How many authorities may stand between an authority and a leaf (RFC 5280, 4.2.1.9). */
  pathLength(authority: X509Certificate): number {
    return memo(this.#pathLengths, authority.fingerprint256, () => {
      return (
        this.#read(authority).getExtension(x509.BasicConstraintsExtension)?.pathLength ??
        Number.POSITIVE_INFINITY
      );
    });
  }

  /** What forbids a certificate to stand in a server's chain; undefined: nothing does. */
  objection(certificate: X509Certificate, isLeaf: boolean): string | undefined {
    return memo(this.#objections, `${certificate.fingerprint256} ${isLeaf}`, () =>
      objectionTo(this.#read(certificate), isLeaf),
    );
  }

  /** Where a certificate says its revocation can be looked up: its responder first, then its list. */
  revocationSource(certificate: X509Certificate): RevocationSource | undefined {
    return memo(this.#sources, certificate.fingerprint256, () => {
      const responder = /OCSP - URI:(\S+)/.exec(certificate.infoAccess ?? '')?.[1];
      if (responder !== undefined && URL.canParse(responder))
        return { kind: 'ocsp', url: new URL(responder) };
      const [point] =
        this.#read(certificate).getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? [];
      const list = point?.distributionPoint?.fullName?.[0]?.uniformResourceIdentifier;
      return list !== undefined && URL.canParse(list) ? { kind: 'crl', url: new URL(list) } : undefined;
    });
  }

  /** Where a certificate says its authority's own can be fetched, in the clear. */
  issuerUrl(certificate: X509Certificate): URL | undefined {
    const place = /CA Issuers - URI:(http:\S+)/.exec(certificate.infoAccess ?? '')?.[1];
    return place !== undefined && URL.canParse(place) ? new URL(place) : undefined;
  }

  /** A revocation list, read and checked against its issuer; undefined where it is not one. */
  list(body: Uint8Array, issuer: X509Certificate): Promise<RevocationList | undefined> {
    return memo(this.#lists, `${digest(body)} ${issuer.fingerprint256}`, () => readList(body, issuer));
  }

  /** What a responder is asked about a certificate. */
  request(certificate: X509Certificate, issuer: X509Certificate): Uint8Array {
    const serial = serialOf(certificate);
    return memo(this.#requests, `${serial} ${issuer.fingerprint256}`, () => ocspRequest(issuer.raw, serial));
  }

  /** A responder's answer, read and checked against the issuer; undefined where it is not one. */
  answer(body: Uint8Array, certificate: X509Certificate, issuer: X509Certificate): OcspAnswer | undefined {
    const serial = serialOf(certificate);
    const key = `${digest(body)} ${serial} ${issuer.fingerprint256}`;
    return memo(this.#answers, key, () => readAnswer(body, issuer, serial));
  }

  /** A certificate as the library reads it, which knows more extensions than Node does. */
  #read(certificate: X509Certificate): x509.X509Certificate {
    return memo(
      this.#extensions,
      certificate.fingerprint256,
      () => new x509.X509Certificate(certificate.raw),
    );
  }
}

/** Serial number in lower-case hex without leading zeros, as lists and responders compare it. */
export function serialOf(certificate: X509Certificate): string {
  return certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, '');
}

function digest(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64');
}

function memo<K, V>(known: Map<K, V>, key: K, work: () => V): V {
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found as V;
  const made = work();
  known.set(key, made);
  return made;
}
