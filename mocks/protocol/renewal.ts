import { z } from 'zod';
import { systemSettings } from './registration.js';
import { buildXml, ProtocolError, parseXml } from './xml.js';

const contracts = 'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common';
const contract = {
  root: 'TrustRenewalRequest',
  namespace: `${contracts}.Registration.TrustRenewal`,
  order: ['Base64Csr', 'TrustRenewalRequestSettings'],
};

/** `POST {TrustRenewEndpoint}/RenewTrustCertificate`, with the current client certificate (connector-facts 1.5). */
export const renewalPath = '/renewTrust/RenewTrustCertificate';

const shape = z.object({
  Base64Csr: z.string().max(16_384),
  TrustRenewalRequestSettings: z.object({ ConnectorVersion: z.string().max(32) }),
});

export interface RenewalRequest {
  csrDer: Uint8Array;
  connectorVersion: string;
}

export function encodeRenewal(
  { csrDer, connectorVersion }: RenewalRequest,
  machine: { machineName: string; osVersion: string },
): string {
  return buildXml(contract.root, contract.namespace, {
    Base64Csr: {
      '@xmlns': `${contracts}.Registration`,
      '#text': Buffer.from(csrDer).toString('base64'),
    },
    TrustRenewalRequestSettings: {
      SystemSettingsInformation: { '@xmlns': `${contracts}.RegistrationCommons`, ...systemSettings(machine) },
      ConnectorVersion: connectorVersion,
    },
  });
}

/** @throws ProtocolError */
export function decodeRenewal(text: string): RenewalRequest {
  const parsed = shape.safeParse(parseXml(text, contract));
  if (!parsed.success)
    throw new ProtocolError(`TrustRenewalRequest: ${parsed.error.issues[0]?.path.join('.')}`);
  const { Base64Csr, TrustRenewalRequestSettings } = parsed.data;
  return {
    csrDer: Buffer.from(Base64Csr, 'base64'),
    connectorVersion: TrustRenewalRequestSettings.ConnectorVersion,
  };
}
