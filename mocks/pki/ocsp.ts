import { createHash, createSign, KeyObject } from 'node:crypto';
import * as ocsp from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as asn from '@peculiar/asn1-x509';
import type { Authority } from './authority.js';
import { day, wholeSeconds } from './x509.js';

export type CertificateStatus = 'good' | 'revoked' | 'unknown';

const sha1 = '1.3.14.3.2.26';
const digests: Readonly<Record<string, string>> = { [sha1]: 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256' };
const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const basicResponse = '1.3.6.1.5.5.7.48.1.1';
const nonce = '1.3.6.1.5.5.7.48.1.2';

/** The id by which OCSP asks for a certificate (RFC 6960, 4.1.1). SHA-1 is what everybody sends. */
export function certificateId(issuerDer: Uint8Array, serialNumber: string): ocsp.CertID {
  return new ocsp.CertID({
    hashAlgorithm: new asn.AlgorithmIdentifier({ algorithm: sha1, parameters: null }),
    ...issuerHashes(issuerDer, 'sha1'),
    serialNumber: Uint8Array.from(Buffer.from(serialNumber, 'hex')).buffer,
  });
}

function issuerHashes(
  issuerDer: Uint8Array,
  digest: string,
): Pick<ocsp.CertID, 'issuerNameHash' | 'issuerKeyHash'> {
  const issuer = AsnConvert.parse(issuerDer, asn.Certificate).tbsCertificate;
  const hash = (data: ArrayBuffer) =>
    new OctetString(createHash(digest).update(new Uint8Array(data)).digest());
  return {
    issuerNameHash: hash(AsnConvert.serialize(issuer.subject)),
    issuerKeyHash: hash(issuer.subjectPublicKeyInfo.subjectPublicKey),
  };
}

/** Whether the id speaks of a certificate of this issuer. */
function isOf(issuerDer: Uint8Array, asked: ocsp.CertID): boolean {
  const digest = digests[asked.hashAlgorithm.algorithm];
  if (!digest) return false;
  const own = issuerHashes(issuerDer, digest);
  const same = (a: OctetString, b: OctetString) => Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
  return same(own.issuerNameHash, asked.issuerNameHash) && same(own.issuerKeyHash, asked.issuerKeyHash);
}

/** A request for one certificate, without a nonce, as Windows sends it. */
export function ocspRequest(issuerDer: Uint8Array, serialNumber: string): Uint8Array {
  const request = new ocsp.OCSPRequest({
    tbsRequest: new ocsp.TBSRequest({
      requestList: [new ocsp.Request({ reqCert: certificateId(issuerDer, serialNumber) })],
    }),
  });
  return new Uint8Array(AsnConvert.serialize(request));
}

/** Requests about more certificates than this are refused: signing the answer has its price. */
const mostAsked = 16;

/**
 * Answers a request in an authority's name, signed by `signer`, as of `now`. `statusOf` gets serial numbers in hex; certificates of
 * other issuers are unknown without asking it. Valid for a day. What is no request gets the answer
 * `malformedRequest` (RFC 6960, 4.2.1), which nobody signs.
 */
export function ocspResponse(
  request: Uint8Array,
  authority: Authority,
  now: number,
  statusOf: (serialNumber: string) => CertificateStatus,
  signer = authority,
): Uint8Array {
  const tbsRequest = parseRequest(request);
  if (!tbsRequest)
    return new Uint8Array(
      AsnConvert.serialize(
        new ocsp.OCSPResponse({ responseStatus: ocsp.OCSPResponseStatus.malformedRequest }),
      ),
    );
  const issuer = AsnConvert.parse(authority.der, asn.Certificate).tbsCertificate;
  const echoed = tbsRequest.requestExtensions?.filter((extension) => extension.extnID === nonce);
  const data = new ocsp.ResponseData({
    responderID: new ocsp.ResponderID({ byName: issuer.subject }),
    producedAt: wholeSeconds(now),
    responses: tbsRequest.requestList.map(({ reqCert }) =>
      answer(reqCert, now, isOf(authority.der, reqCert) ? statusOf : () => 'unknown'),
    ),
    ...(echoed && echoed.length > 0 && { responseExtensions: echoed }),
  });
  const signature = createSign('sha256')
    .update(new Uint8Array(AsnConvert.serialize(data)))
    .sign(KeyObject.from(signer.keys.privateKey));
  const basic = new ocsp.BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new asn.AlgorithmIdentifier({ algorithm: ecdsaWithSha256 }),
    signature: Uint8Array.from(signature).buffer,
    certs: [AsnConvert.parse(authority.der, asn.Certificate)],
  });
  const response = new ocsp.OCSPResponse({
    responseStatus: ocsp.OCSPResponseStatus.successful,
    responseBytes: new ocsp.ResponseBytes({
      responseType: basicResponse,
      response: new OctetString(AsnConvert.serialize(basic)),
    }),
  });
  return new Uint8Array(AsnConvert.serialize(response));
}

function parseRequest(der: Uint8Array): ocsp.TBSRequest | undefined {
  try {
    const { tbsRequest } = AsnConvert.parse(der, ocsp.OCSPRequest);
    // Its ids go into the answer: what cannot be written again is no request.
    AsnConvert.serialize(tbsRequest);
    const asked = tbsRequest.requestList.length;
    return asked > 0 && asked <= mostAsked ? tbsRequest : undefined;
  } catch {
    return undefined;
  }
}

function answer(
  certID: ocsp.CertID,
  now: number,
  statusOf: (serialNumber: string) => CertificateStatus,
): ocsp.SingleResponse {
  const status = statusOf(Buffer.from(certID.serialNumber).toString('hex'));
  const revocationTime = wholeSeconds(now - day);
  return new ocsp.SingleResponse({
    certID,
    certStatus: new ocsp.CertStatus(
      status === 'good'
        ? { good: null }
        : status === 'unknown'
          ? { unknown: null }
          : { revoked: new ocsp.RevokedInfo({ revocationTime }) },
    ),
    thisUpdate: wholeSeconds(now),
    nextUpdate: wholeSeconds(now + day),
  });
}
