import { z } from 'zod';
import { buildXml, ProtocolError, parseXml, type XmlElement } from './xml.js';

const contracts = 'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common';
const namespace = `${contracts}.Registration`;
const requestContract = {
  root: 'RegistrationRequest',
  namespace,
  order: [
    'Base64Csr',
    'AuthenticationToken',
    'Base64Pkcs10Csr',
    'Feature',
    'FeatureString',
    'RegistrationRequestSettings',
    'TenantId',
    'UserAgent',
  ],
};

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

/** A machine as requests describe it; the language and edition of the lab's are always the same. */
export function systemSettings({
  machineName,
  osVersion,
}: Pick<RegistrationRequest, 'machineName' | 'osVersion'>): XmlElement {
  return {
    '@i:type': 'a:SystemSettings',
    '@xmlns:a': `${contracts}.Utilities.SystemSettings`,
    'a:MachineName': machineName,
    'a:OsLanguage': '1033',
    'a:OsLocale': '0409',
    'a:OsSku': '8',
    'a:OsVersion': osVersion,
  };
}

export function encodeRegistration(request: RegistrationRequest): string {
  const system = systemSettings(request);
  return buildXml('RegistrationRequest', namespace, {
    Base64Csr: Buffer.from(request.csrDer).toString('base64'),
    AuthenticationToken: request.token,
    Base64Pkcs10Csr: null,
    Feature: 'ApplicationProxy',
    FeatureString: 'ApplicationProxy',
    RegistrationRequestSettings: {
      SystemSettingsInformation: { '@xmlns': `${contracts}.RegistrationCommons`, ...system },
      PSModuleVersion: request.connectorVersion,
      SystemSettings: system,
    },
    TenantId: request.tenantId,
    UserAgent: `ApplicationProxyConnector/${request.connectorVersion}`,
  });
}

/** @throws ProtocolError */
export function decodeRegistration(text: string): RegistrationRequest {
  const parsed = requestShape.safeParse(parseXml(text, requestContract));
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

/** Of the renewal's answer only the members are known; its namespace is assumed to be its request's. */
const resultNamespaces = {
  RegistrationResult: namespace,
  TrustRenewalResult: `${namespace}.TrustRenewal`,
};
type TrustResultName = keyof typeof resultNamespaces;

export function encodeTrustResult(root: TrustResultName, result: TrustResult): string {
  return buildXml(root, resultNamespaces[root], {
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
export function decodeTrustResult(root: TrustResultName, text: string): TrustResult {
  const parsed = resultShape.safeParse(parseXml(text, { root, namespace: resultNamespaces[root] }));
  if (!parsed.success) throw new ProtocolError(`${root}: ${parsed.error.issues[0]?.path.join('.')}`);
  const { Certificate, ErrorMessage, IsSuccessful } = parsed.data;
  if (IsSuccessful === 'false') return { isSuccessful: false, errorMessage: ErrorMessage };
  return { isSuccessful: true, certificateDer: Buffer.from(Certificate, 'base64') };
}
