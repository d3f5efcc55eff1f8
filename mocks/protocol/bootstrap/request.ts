import { z } from 'zod';
import { buildXml, parseXml } from '../xml.js';
import { namespace, notOfProtocol } from './contract.js';

/** `POST https://{tenant}.bootstrap.msappproxy.net/ConnectorBootstrap`, with the client certificate (connector-facts 1.4). */
export const bootstrapPath = '/ConnectorBootstrap';

export interface BootstrapRequest {
  connectorId: string;
  connectorVersion: string;
  consecutiveFailures: number;
  initialBootstrap: boolean;
  machineName: string;
  osVersion: string;
  requestId: string;
  tenantId: string;
  updaterRunning: boolean;
}

const requestContract = {
  root: 'BootstrapRequest',
  namespace,
  order: [
    'AgentSdkVersion',
    'AgentServiceAccountName',
    'AgentVersion',
    'BootstrapAddOnRequests',
    'BootstrapDataModelVersion',
    'ConnectorId',
    'ConnectorVersion',
    'ConsecutiveFailures',
    'CurrentProxyPortResponseMode',
    'FailedRequestMetrics',
    'InitialBootstrap',
    'IsAgentServiceAccountGmsa',
    'IsProxyPortResponseFallbackDisabledFromRegistry',
    'LatestDotNetVersionInstalled',
    'MachineName',
    'OperatingSystemLanguage',
    'OperatingSystemLocale',
    'OperatingSystemSKU',
    'OperatingSystemVersion',
    'PerformanceMetrics',
    'ProxyDataModelVersion',
    'RequestId',
    'SubscriptionId',
    'SuccessRequestMetrics',
    'TriggerErrors',
    'UpdaterStatus',
    'UseServiceBusTcpConnectivityMode',
    'UseSpnegoAuthentication',
  ],
};

export function encodeBootstrapRequest(request: BootstrapRequest): string {
  return buildXml('BootstrapRequest', namespace, {
    AgentSdkVersion: request.connectorVersion,
    AgentVersion: request.connectorVersion,
    BootstrapDataModelVersion: '1.5.4',
    ConnectorId: request.connectorId,
    ConnectorVersion: request.connectorVersion,
    ConsecutiveFailures: request.consecutiveFailures,
    CurrentProxyPortResponseMode: 'Primary',
    InitialBootstrap: request.initialBootstrap,
    IsProxyPortResponseFallbackDisabledFromRegistry: true,
    LatestDotNetVersionInstalled: 528449,
    MachineName: request.machineName,
    OperatingSystemLanguage: 1033,
    OperatingSystemLocale: '0409',
    OperatingSystemSKU: 8,
    OperatingSystemVersion: request.osVersion,
    ProxyDataModelVersion: '1.5.4',
    RequestId: request.requestId,
    SubscriptionId: request.tenantId,
    SuccessRequestMetrics: null,
    TriggerErrors: null,
    UpdaterStatus: request.updaterRunning ? 'Running' : 'Stopped',
    UseServiceBusTcpConnectivityMode: false,
    UseSpnegoAuthentication: false,
  });
}

const requestShape = z.object({
  ConnectorId: z.guid(),
  ConnectorVersion: z.string().max(32),
  ConsecutiveFailures: z.coerce.number().int(),
  InitialBootstrap: z.enum(['true', 'false']),
  MachineName: z.string().max(128),
  OperatingSystemVersion: z.string().max(64),
  RequestId: z.guid(),
  SubscriptionId: z.guid(),
  UpdaterStatus: z.enum(['Running', 'Stopped']),
});

/** @throws ProtocolError */
export function decodeBootstrapRequest(text: string): BootstrapRequest {
  const parsed = requestShape.safeParse(parseXml(text, requestContract));
  if (!parsed.success) throw notOfProtocol('BootstrapRequest', parsed.error);
  const { data } = parsed;
  return {
    connectorId: data.ConnectorId,
    connectorVersion: data.ConnectorVersion,
    consecutiveFailures: data.ConsecutiveFailures,
    initialBootstrap: data.InitialBootstrap === 'true',
    machineName: data.MachineName,
    osVersion: data.OperatingSystemVersion,
    requestId: data.RequestId,
    tenantId: data.SubscriptionId,
    updaterRunning: data.UpdaterStatus === 'Running',
  };
}
