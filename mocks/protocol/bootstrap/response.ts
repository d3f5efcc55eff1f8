import { z } from 'zod';
import { encodeRetryStrategy, type RetryStrategy, retryStrategySchema } from '../retry-strategy.js';
import { decodeTimeSpan, encodeTimeSpan } from '../time-span.js';
import { buildXml, parseXml } from '../xml.js';
import { contracts, namespace, notOfProtocol } from './contract.js';

export interface SignallingEndpoint {
  /** Below `servicebus.windows.net`: the first label. */
  namespace: string;
  domain: string;
  servicePath: string;
  sharedAccessKey: string;
  sharedAccessKeyName: string;
}

const connectorStates = ['Ok', 'UpdateRequired', 'InfoServiceMessage', 'ErrorServiceMessage'] as const;
export type ConnectorState = (typeof connectorStates)[number];

/** Timers of the control connections, milliseconds. */
export interface SignallingSettings {
  /** From one empty frame to the next. */
  keepAliveMs: number;
  /** After so long a connection is opened anew, before the old one is closed. */
  leaseMs: number;
  /** A connection on which nothing came for so long is closed by the relay. */
  idleMs: number;
  /** How long a token is good. */
  tokenMs: number;
}

/** The parts of the reply that drive our connector; the rest is written with captured values. */
export interface BootstrapResponse {
  connectorState: ConnectorState;
  /** For the connector's own log; only with the states of a message. */
  serviceMessage?: string;
  periodicBootstrapIntervalMs: number;
  retry: RetryStrategy;
  /** After so many failed reports in a row the connector gives up. */
  maxFailedBootstraps: number;
  /** So many requests of users are answered at once; more wait. */
  connectionLimit: number;
  trustRenewEndpoint: string;
  checkForTrustRenewMinutes: number;
  minutesBeforeRenew: number;
  signalling: SignallingSettings;
  endpoints: SignallingEndpoint[];
}

export function encodeBootstrapResponse(response: BootstrapResponse): string {
  return buildXml('BootstrapResponse', namespace, {
    BackendSessionTimeoutMilliseconds: 305_000,
    BootstrapAddOnResponses: null,
    BootstrapClientAddOnSettings: null,
    BootstrapEndpointOverride: null,
    CheckForTrustRenewPeriodInMinutes: response.checkForTrustRenewMinutes,
    ConfigRequestTimeoutMilliseconds: 20_000,
    ConfigurationEndpointFormat: 'https://{0}:{1}/subscriber/admin',
    ConnectionLimit: response.connectionLimit,
    // A JSON string inside the XML, as the service sends it.
    ConnectivitySettings: JSON.stringify(encodeSignalling(response.signalling)),
    ConnectorState: response.connectorState,
    DnsLookupCacheTtl: 'PT30M',
    DnsRefreshTimeoutMilliseconds: 120_000,
    ErrorEndpointFormat: 'https://{0}:{1}/subscriber/error',
    LogicalResponseTimeoutMilliseconds: 1_200_000,
    MaxBootstrapAddOnRequestsLength: 0,
    MaxFailedBootstrapRequests: response.maxFailedBootstraps,
    MaxServicePointIdleTimeMilliseconds: 100_000,
    MinutesInTrustLifetimeBeforeRenew: response.minutesBeforeRenew,
    PayloadEndpointFormat: 'https://{0}:{1}/subscriber/payload',
    PayloadRequestTimeoutMilliseconds: 20_000,
    PeriodicBootstrapIntervalMilliseconds: response.periodicBootstrapIntervalMs,
    PeriodicBootstrapRetryStrategy: encodeRetryStrategy(response.retry),
    ProxyPortResponseFallbackPeriod: 'P1D',
    RelayReceiveTimeout: 'P10675199DT2H48M5.4775807S',
    ResponseEndpointFormat: 'https://{0}:{1}/subscriber/connection',
    ResponseRetryDelayFactor: 2,
    ResponseRetryInitialDelayMilliseconds: 200,
    ResponseRetryTotalAttempts: 5,
    ResponseSigningEnabled: false,
    ServiceMessage: response.serviceMessage ?? '',
    SignalingListenerEndpoints: {
      '@xmlns:a': `${contracts}.BootstrapDataModel`,
      'a:SignalingListenerEndpointSettings': response.endpoints.map((endpoint) => ({
        '@i:type': 'a:ServiceBusSignalingListenerEndpointSettings',
        'a:IsAvailable': true,
        'a:Name': `${endpoint.namespace}/${endpoint.servicePath}`,
        'a:Domain': endpoint.domain,
        'a:Namespace': endpoint.namespace,
        'a:ReliableSessionEnabled': false,
        'a:Scheme': 'sb',
        'a:ServicePath': endpoint.servicePath,
        'a:SharedAccessKey': endpoint.sharedAccessKey,
        'a:SharedAccessKeyName': endpoint.sharedAccessKeyName,
      })),
    },
    Triggers: '',
    TrustRenewEndpoint: response.trustRenewEndpoint,
  });
}

const endpointShape = z.object({
  Domain: z.string(),
  Namespace: z.string(),
  ServicePath: z.string(),
  SharedAccessKey: z.string(),
  SharedAccessKeyName: z.string(),
});
const timeSpan = z.string().transform(decodeTimeSpan).pipe(z.number().positive());
const connectivityShape = z.object({
  SignalingSettings: z.object({ ServiceBusSasTokenTtl: timeSpan }),
  WebSocketSignalingSettings: z.object({
    KeepAliveInterval: timeSpan,
    LeaseTimeout: timeSpan,
    IdleTimeout: timeSpan,
  }),
});
/** A JSON string inside the XML. */
const connectivitySettings = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(connectivityShape);

const responseShape = z.object({
  CheckForTrustRenewPeriodInMinutes: z.coerce.number(),
  ConnectionLimit: z.coerce.number().int().positive(),
  ConnectivitySettings: connectivitySettings,
  ConnectorState: z.enum(connectorStates),
  MaxFailedBootstrapRequests: z.coerce.number().int().positive(),
  MinutesInTrustLifetimeBeforeRenew: z.coerce.number(),
  PeriodicBootstrapIntervalMilliseconds: z.coerce.number().positive(),
  PeriodicBootstrapRetryStrategy: retryStrategySchema,
  ServiceMessage: z.string().max(2000),
  SignalingListenerEndpoints: z.object({
    SignalingListenerEndpointSettings: z.union([
      z.array(endpointShape),
      endpointShape.transform((one) => [one]),
    ]),
  }),
  TrustRenewEndpoint: z.url(),
});

function encodeSignalling({ keepAliveMs, leaseMs, idleMs, tokenMs }: SignallingSettings) {
  return {
    SignalingSettings: {
      BindingType: 'NetTcpRelayBinding',
      ReliableSessionEnabled: false,
      UseCachedServiceBusSasToken: true,
      ServiceBusSasTokenTtl: encodeTimeSpan(tokenMs),
    },
    WebSocketSignalingSettings: {
      OpenTimeout: '00:00:30',
      CloseTimeout: '00:00:30',
      SendTimeout: '00:00:30',
      IdleTimeout: encodeTimeSpan(idleMs),
      LeaseTimeout: encodeTimeSpan(leaseMs),
      KeepAliveInterval: encodeTimeSpan(keepAliveMs),
      MaxConnections: 1,
      EnableAutomaticReconnects: true,
    },
  };
}

/** @throws ProtocolError */
export function decodeBootstrapResponse(text: string): BootstrapResponse {
  const parsed = responseShape.safeParse(parseXml(text, { root: 'BootstrapResponse', namespace }));
  if (!parsed.success) throw notOfProtocol('BootstrapResponse', parsed.error);
  const { data } = parsed;
  const { SignalingSettings: tokens, WebSocketSignalingSettings: timers } = data.ConnectivitySettings;
  return {
    connectorState: data.ConnectorState,
    ...(data.ServiceMessage && { serviceMessage: data.ServiceMessage }),
    periodicBootstrapIntervalMs: data.PeriodicBootstrapIntervalMilliseconds,
    retry: data.PeriodicBootstrapRetryStrategy,
    maxFailedBootstraps: data.MaxFailedBootstrapRequests,
    connectionLimit: data.ConnectionLimit,
    trustRenewEndpoint: data.TrustRenewEndpoint,
    checkForTrustRenewMinutes: data.CheckForTrustRenewPeriodInMinutes,
    minutesBeforeRenew: data.MinutesInTrustLifetimeBeforeRenew,
    signalling: {
      keepAliveMs: timers.KeepAliveInterval,
      leaseMs: timers.LeaseTimeout,
      idleMs: timers.IdleTimeout,
      tokenMs: tokens.ServiceBusSasTokenTtl,
    },
    endpoints: data.SignalingListenerEndpoints.SignalingListenerEndpointSettings.map((endpoint) => ({
      namespace: endpoint.Namespace,
      domain: endpoint.Domain,
      servicePath: endpoint.ServicePath,
      sharedAccessKey: endpoint.SharedAccessKey,
      sharedAccessKeyName: endpoint.SharedAccessKeyName,
    })),
  };
}
