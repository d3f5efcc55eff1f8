import { verify, type X509Certificate } from 'node:crypto';
import * as ocsp from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';

export interface OcspAnswer {
  status: 'good' | 'revoked' | 'unknown';
  /** Milliseconds since 1970. */
  thisUpdate: number;
  nextUpdate: number;
}

/** Reads an answer about one certificate and checks the issuer's signature; undefined where it is none. */
export function readAnswer(
  body: Uint8Array,
  issuer: X509Certificate,
  serial: string,
): OcspAnswer | undefined {
  try {
    const { responseStatus, responseBytes } = AsnConvert.parse(body, ocsp.OCSPResponse);
    if (responseStatus !== ocsp.OCSPResponseStatus.successful || !responseBytes) return undefined;
    const basic = AsnConvert.parse(responseBytes.response.buffer, ocsp.BasicOCSPResponse);
    // The bytes as they came: written again they may differ from what was signed.
    const signed = Buffer.from(basic.tbsResponseDataRaw ?? AsnConvert.serialize(basic.tbsResponseData));
    if (!verify('sha256', signed, issuer.publicKey, Buffer.from(basic.signature))) return undefined;
    const answer = basic.tbsResponseData.responses.find(
      ({ certID }) =>
        Buffer.from(certID.serialNumber)
          .toString('hex')
          .replace(/^0+(?=.)/, '') === serial,
    );
    if (!answer) return undefined;
    const { certStatus, thisUpdate, nextUpdate } = answer;
    return {
      status: certStatus.revoked ? 'revoked' : certStatus.good === null ? 'good' : 'unknown',
      thisUpdate: thisUpdate.getTime(),
      nextUpdate: nextUpdate?.getTime() ?? thisUpdate.getTime(),
    };
  } catch {
    return undefined;
  }
}
