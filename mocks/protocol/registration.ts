import { z } from 'zod';
import { buildXml, ProtocolError, parseXml } from './xml.js';

const contracts = 'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common';
const namespace = `${contracts}.Registration`;

/** `POST https://{tenant}.registration.msappproxy.net/register/RegisterConnector` (connector-facts 1.3). */
export const registrationPath = '/register/RegisterConnector';

export interface RegistrationRequest {
  csrDer: Uint8Array;
  token: string;
  tenantId: string;
  machineName: string;
  osVersion: string;
  connectorVersion: string;
}

const requestShape = z.object({
  Base64Csr: z.string().max(16_384),
  AuthenticationToken: z.string().max(16_384),
  TenantId: z.guid(),
  UserAgent: z.string().max(256),
  RegistrationRequestSettings: z.object({
    SystemSettingsInformation: z.object({ MachineName: z.string().max(128), OsVersion: z.string().max(64) }),
  }),
});

export function encodeRegistration(request: RegistrationRequest): string {
  const system = {
    'a:MachineName': request.machineName,
    'a:OsLanguage': '1033',
    'a:OsLocale': '0409',
    'a:OsSku': '8',
    'a:OsVersion': request.osVersion,
  };
  const typed = {
    '@i:type': 'a:SystemSettings',
    '@xmlns:a': `${contracts}.Utilities.SystemSettings`,
    ...system,
  };
  return buildXml('RegistrationRequest', namespace, {
    Base64Csr: Buffer.from(request.csrDer).toString('base64'),
    AuthenticationToken: request.token,
    Base64Pkcs10Csr: null,
    Feature: 'ApplicationProxy',
    FeatureString: 'ApplicationProxy',
    RegistrationRequestSettings: {
      SystemSettingsInformation: { '@xmlns': `${contracts}.RegistrationCommons`, ...typed },
      PSModuleVersion: request.connectorVersion,
      SystemSettings: typed,
    },
    TenantId: request.tenantId,
    UserAgent: `ApplicationProxyConnector/${request.connectorVersion}`,
  });
}

/** @throws ProtocolError */
export function decodeRegistration(text: string): RegistrationRequest {
  const parsed = requestShape.safeParse(parseXml(text, 'RegistrationRequest'));
  if (!parsed.success)
    throw new ProtocolError(`RegistrationRequest: ${parsed.error.issues[0]?.path.join('.')}`);
  const { Base64Csr, AuthenticationToken, TenantId, UserAgent, RegistrationRequestSettings } = parsed.data;
  const system = RegistrationRequestSettings.SystemSettingsInformation;
  return {
    csrDer: Buffer.from(Base64Csr, 'base64'),
    token: AuthenticationToken,
    tenantId: TenantId,
    machineName: system.MachineName,
    osVersion: system.OsVersion,
    connectorVersion: UserAgent.split('/')[1] ?? '',
  };
}

/** A refusal is a 200 with `IsSuccessful` false; HTTP errors mean something else. */
export type TrustResult =
  | { isSuccessful: true; certificateDer: Uint8Array }
  | { isSuccessful: false; errorMessage: string };

export function encodeTrustResult(
  root: 'RegistrationResult' | 'TrustRenewalResult',
  result: TrustResult,
): string {
  return buildXml(root, namespace, {
    Certificate: result.isSuccessful ? Buffer.from(result.certificateDer).toString('base64') : null,
    ErrorMessage: result.isSuccessful ? null : result.errorMessage,
    IsSuccessful: result.isSuccessful,
  });
}

const resultShape = z.object({
  Certificate: z.string(),
  ErrorMessage: z.string(),
  IsSuccessful: z.enum(['true', 'false']),
});

/** @throws ProtocolError */
export function decodeTrustResult(
  root: 'RegistrationResult' | 'TrustRenewalResult',
  text: string,
): TrustResult {
  const parsed = resultShape.safeParse(parseXml(text, root));
  if (!parsed.success) throw new ProtocolError(`${root}: ${parsed.error.issues[0]?.path.join('.')}`);
  const { Certificate, ErrorMessage, IsSuccessful } = parsed.data;
  if (IsSuccessful === 'false') return { isSuccessful: false, errorMessage: ErrorMessage };
  return { isSuccessful: true, certificateDer: Buffer.from(Certificate, 'base64') };
}
