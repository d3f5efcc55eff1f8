import type { X509Certificate } from 'node:crypto';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import { isAddress } from '../../../model/site/address-range.js';
import type { CertificateFacts } from './certificate-facts.js';

export interface ChainInput {
  /** As the server sent them, leaf first. */
  presented: readonly X509Certificate[];
  roots: readonly X509Certificate[];
  host: string;
  /** The machine's clock, milliseconds. */
  now: number;
  facts: CertificateFacts;
}

export type ChainVerdict =
  | { result: 'ok'; chain: X509Certificate[] }
  | { result: Exclude<ResultName, 'ok'>; reason: string; chain: X509Certificate[] };

/** Longer paths than this exist in no public hierarchy. */
const longest = 6;

/**
 * Builds a path from the server's certificate to a trusted root and checks every link: signature,
 * authority, path length, validity at the machine's own clock, purpose and name (RFC 5280, 6.1). Our
 * own because Node checks at the computer's time, and the lab has its own.
 */
export function validateChain({ presented, roots, host, now, facts }: ChainInput): ChainVerdict {
  const [leaf] = presented;
  if (!leaf) return { result: 'tls-untrusted-issuer', reason: 'the server sent no certificate', chain: [] };
  const chain = path(leaf, presented, roots, facts);
  const top = chain.at(-1) ?? leaf;
  if (!roots.some((root) => root.raw.equals(top.raw)))
    return { result: 'tls-untrusted-issuer', reason: `"${issuerOf(top)}" is not a trusted authority`, chain };
  for (const certificate of chain) {
    if (now < Date.parse(certificate.validFrom))
      return {
        result: 'tls-not-yet-valid',
        reason: `${subjectOf(certificate)} is valid from ${certificate.validFrom}`,
        chain,
      };
    if (now > Date.parse(certificate.validTo))
      return {
        result: 'tls-expired',
        reason: `${subjectOf(certificate)} was valid until ${certificate.validTo}`,
        chain,
      };
  }
  for (const certificate of chain) {
    const objection = facts.objection(certificate, certificate === leaf);
    if (objection)
      return { result: 'tls-untrusted-issuer', reason: `${subjectOf(certificate)} ${objection}`, chain };
  }
  const isFor = isAddress(host)
    ? leaf.checkIP(host)
    : leaf.checkHost(host, { subject: 'never', partialWildcards: false });
  if (!isFor)
    return { result: 'tls-untrusted-issuer', reason: `${subjectOf(leaf)} is not for ${host}`, chain };
  return { result: 'ok', chain };
}

/** From the leaf upwards, as far as issuers are found. A root ends the path. */
function path(
  leaf: X509Certificate,
  presented: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  facts: CertificateFacts,
): X509Certificate[] {
  const chain = [leaf];
  for (let below = chain.length - 1; chain.length < longest; below++) {
    const certificate = chain.at(-1) ?? leaf;
    if (roots.some((root) => root.raw.equals(certificate.raw))) break;
    const isIssuer = (one: X509Certificate) =>
      facts.issued(certificate, one) && below <= facts.pathLength(one);
    const issuer = roots.find(isIssuer) ?? presented.find((one) => !chain.includes(one) && isIssuer(one));
    if (!issuer) break;
    chain.push(issuer);
  }
  return chain;
}

/** `CN=…` without line breaks; the names it is for, where it has no subject. */
export function subjectOf(certificate: X509Certificate): string {
  // Node gives undefined for an empty one, whatever its types say.
  const subject: string | undefined = certificate.subject;
  return subject?.replaceAll('\n', ', ') ?? certificate.subjectAltName ?? 'nobody';
}

export function issuerOf(certificate: X509Certificate): string {
  const issuer: string | undefined = certificate.issuer;
  return issuer?.replaceAll('\n', ', ') ?? 'nobody';
}
