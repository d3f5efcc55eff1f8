/**
 * The closed vocabularies of the project: one word per thing, used in events, results, scenarios,
 * site files and reports. Nothing outside these lists may be written into an event.
 */

/** What a connector can attempt, in the order of its life. */
export const operations = [
  'install',
  'sign-in',
  'register',
  'bootstrap',
  'listen',
  'deliver',
  'renew',
  'update',
  'revocation-check',
  'tunnel',
] as const;
export type Operation = (typeof operations)[number];

/** How an attempt ended, named as the connector would see it. */
export const resultNames = [
  'ok',
  'dns-nxdomain',
  'dns-timeout',
  'dns-wrong-answer',
  'tcp-drop',
  'tcp-reject',
  'tcp-reset',
  'proxy-407',
  'proxy-403',
  'proxy-unreachable',
  'sni-block',
  'tls-untrusted-issuer',
  'tls-no-revocation-info',
  'tls-revocation-offline',
  'tls-revoked',
  'tls-expired',
  'tls-not-yet-valid',
  'tls-protocol-version',
  'tls-client-certificate-lost',
  'http-block-page',
  'http-unauthorized',
  'websocket-upgrade-refused',
  'idle-timeout',
  'clock-skew',
  'refused-by-installer',
  'refused-by-service',
  'not-attempted',
] as const;
export type ResultName = (typeof resultNames)[number];

/** Windows accounts that open connections on a connector server. */
export const accounts = ['administrator', 'network-service', 'local-system'] as const;
export type Account = (typeof accounts)[number];

/**
 * Network stacks of one server. Each reads its proxy setting from a place of its own: the
 * administrator's browser, the connector service, the updater service, and the system (WinHTTP and
 * CryptoAPI: revocation lists, missing intermediates, root list).
 */
export const stacks = ['browser', 'service', 'updater', 'system'] as const;
export type StackName = (typeof stacks)[number];

/** The three parts of a proof: with the requirement met, with it taken away, put back. */
export const phases = ['control', 'change', 'restore'] as const;
export type Phase = (typeof phases)[number];

/** As a user's name: somebody who does not sign in. */
export const nobody = 'nobody';

/** What a user's browser shows after visiting an external URL. */
export const pages = [
  'application',
  'sign-in',
  'gateway-timeout',
  'bad-gateway',
  'forbidden',
  'connector-unauthorized',
  'not-found',
  'service-error', // the service answered for itself: it has crashed, is too busy, or refused the request
  'unreachable',
] as const;
export type Page = (typeof pages)[number];
