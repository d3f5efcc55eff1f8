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

/** Windows accounts of every connector server that open connections. */
export const accounts = ['administrator', 'network-service', 'local-system'] as const;
/** An account of the customer's domain, `CONTOSO\\svc-connector$`: a gMSA (with the `$`), or a user. */
export type OwnAccount = `${string}\\${string}`;
export type Account = (typeof accounts)[number] | OwnAccount;

/**
 * Network stacks of one server. Each reads its proxy setting from a place of its own: the
 * administrator's browser, the connector service, its tunnel for Private Access, the updater service, and
 * the system (WinHTTP and CryptoAPI: revocation lists, missing intermediates, root list).
 */
export const stacks = ['browser', 'service', 'tunnel', 'updater', 'system'] as const;
export type StackName = (typeof stacks)[number];

/** Windows services of a connector server. */
export const windowsServices = ['connector', 'updater'] as const;
export type WindowsService = (typeof windowsServices)[number];

/**
 * Devices: what a connection meets, in the order of its way from a server to the cloud. `server` is the
 * machine itself, where a fact of it decides or nobody listens on it.
 */
export const devices = [
  'server',
  'resolver',
  'host-firewall',
  'application-host',
  'proxy',
  'parent-proxy',
  'edge-firewall',
  'syn-proxy',
  'inspector',
  'link',
  'cloud',
] as const;
export type Device = (typeof devices)[number];

/** What a device can do with a connection. */
export const deviceActions = [
  'allow', // let through
  'send', // to a proxy, or directly: as a PAC file or a bypass list says
  'drop', // silence
  'reject', // refused at once
  'reset', // connection reset
  'inspect', // TLS ended and begun anew
  'bypass', // exempt from inspection
  'refuse', // proxy: 403
  'challenge', // proxy: 407
  'block-page', // answered in the server's place
  'strip-upgrade', // WebSocket upgrade header removed
  'expire', // idle entry forgotten
  'delay', // held back by the link
  'lose', // a packet was lost, and had to be sent again
  'unreachable', // nothing listens there
  'present', // a certificate is shown that whoever looks at it refuses
] as const;

/** Facts of a server that the installer or a service compares with what it needs. */
export const facts = [
  'os-version',
  'dotnet-version',
  'ie-esc',
  'services-running',
  'no-password-protection-proxy',
  'http2-for-kerberos',
] as const;
export type Fact = (typeof facts)[number];

/** Services of the cloud, each at hosts of its own. */
export const cloudServices = [
  'sign-in',
  'public-sign-in', // of the public cloud, where the site is another's
  'device-registration',
  'policy-key',
  'second-factor',
  'content',
  'directory',
  'graph',
  'portal',
  'registration',
  'bootstrap',
  'relay',
  'data',
  'renewal',
  'updates',
  'tunnel',
  'edge', // where users arrive
  'private-access',
  'administration',
  'revocation',
  'connectivity-check', // which Windows asks, and no connector
] as const;
export type CloudService = (typeof cloudServices)[number];

/** What can be wrong in the cloud, each at one host or everything below a name. */
export const cloudFaults = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-wrong-name',
  'certificate-revoked',
  'certificate-without-issuer', // sent alone: whoever lacks the authority's own has to fetch it
  'certificate-of-2026', // of an authority of 2026, sent alone: it names hosts that no list of hosts has
  'revocation-list-stale', // at the list's host: an old list is served, and it is over
  'revocation-list-forged', // at the list's host: somebody else than the authority has signed it
  'ocsp-stale', // at the responder's host: an old answer is given, and it is over
  'ocsp-forged', // at the responder's host: somebody else than the authority has signed the answer
  'ocsp-unknown', // at the responder's host: it knows no certificate
  'ocsp-slow', // at the responder's host: its answer comes after every client has given up
  'service-unavailable', // 503
  'throttled', // 429 with Retry-After
  'slow-body', // the answer begins and does not end in time
  'half-closed', // the request is taken, then the cloud's half of the connection ends
  'relay-keys-changed', // at a namespace: tokens signed with the keys that bootstrap names are refused
  'relay-recycled', // the relay closes signalling connections, as it does daily
  'addresses-moved', // into the service's newest range
  'nearer-region', // names lead to another region's addresses
] as const;
export type CloudFault = (typeof cloudFaults)[number];

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
