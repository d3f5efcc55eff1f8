import { z } from 'zod';
import { buildXml, ProtocolError, parseXml } from './xml.js';

const namespace =
  'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common.Registration.TrustRenewal';

/** `POST {TrustRenewEndpoint}/RenewTrustCertificate`, with the current client certificate (connector-facts 1.5). */
export const renewalPath = '/renewTrust/RenewTrustCertificate';

const shape = z.object({
  Base64Csr: z.string().max(16_384),
  TrustRenewalRequestSettings: z.object({ ConnectorVersion: z.string().max(32) }),
});

export function encodeRenewal(csrDer: Uint8Array, connectorVersion: string): string {
  return buildXml('TrustRenewalRequest', namespace, {
    Base64Csr: Buffer.from(csrDer).toString('base64'),
    TrustRenewalRequestSettings: { ConnectorVersion: connectorVersion },
  });
}

/** @throws ProtocolError */
export function decodeRenewal(text: string): { csrDer: Uint8Array; connectorVersion: string } {
  const parsed = shape.safeParse(parseXml(text, 'TrustRenewalRequest'));
  if (!parsed.success)
    throw new ProtocolError(`TrustRenewalRequest: ${parsed.error.issues[0]?.path.join('.')}`);
  const { Base64Csr, TrustRenewalRequestSettings } = parsed.data;
  return {
    csrDer: Buffer.from(Base64Csr, 'base64'),
    connectorVersion: TrustRenewalRequestSettings.ConnectorVersion,
  };
}
