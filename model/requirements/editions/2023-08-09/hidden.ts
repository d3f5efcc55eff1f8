import { rowsOf } from '../../requirement.js';

/** What connectors need although the page does not say so; evidence in other pages and in issues. */
export const hiddenRequirements = rowsOf(undefined)('not on the page', [
  [
    'hidden/idle-timeout',
    'Devices on the path must keep idle connections for at least four minutes.',
    'The first request after a pause fails or waits.',
    { signs: [{ by: 'result', result: 'idle-timeout' }] },
  ],
  [
    'hidden/nat-ports',
    'Address translation must have a port for each of the 200 connections that a connector may open at once.',
    'Requests fail or wait while many are on their way.',
    { signs: [{ by: 'device', device: 'link', setting: 'nat-ports' }] },
  ],
  [
    'hidden/path-mtu',
    'Packets of full size must pass the whole path, or their sender must be told that they are too big.',
    'Connections are made, and hang as soon as a certificate or a large answer is on its way.',
    { signs: [{ by: 'device', device: 'link', setting: 'mtu' }] },
  ],
  [
    'hidden/aia-hosts',
    'Hosts that certificates name for missing intermediates must be open.',
    'The chain cannot be built.',
    { inSite: { by: 'nothing', why: "the lab's certificates come with their intermediates" } },
  ],
  [
    'hidden/revocation-hosts',
    'Hosts at which certificates publish their revocation lists must be open on 80, also those that no list of hosts has.',
    'Revocation lists cannot be fetched: handshakes fail, or wait for each of them.',
    {
      inSite: {
        by: 'nothing',
        why: "the lab's certificates name hosts of the page, where nothing else is said",
      },
    },
  ],
  [
    'hidden/clock',
    "The server's clock must be right.",
    'Signed tokens and certificates are over already, or not valid yet.',
    { signs: [{ by: 'result', result: 'clock-skew' }] },
  ],
  [
    'hidden/tls12',
    'TLS 1.2 must be switched on.',
    'The handshake fails.',
    { signs: [{ by: 'result', result: 'tls-protocol-version' }] },
  ],
  [
    'hidden/websocket-upgrade',
    'WebSocket upgrades must pass unchanged.',
    'Signalling is refused while everything else works.',
    { signs: [{ by: 'result', result: 'websocket-upgrade-refused' }] },
  ],
  [
    'hidden/cname-chain',
    'Every name along the alias chain must resolve.',
    'The name is known, its target is not.',
  ],
  [
    'hidden/proxy-no-authentication',
    'An explicit proxy must ask no authentication of the service accounts.',
    'The proxy answers 407.',
    {
      inSite: { by: 'stops', where: 'proxy' },
      signs: [{ by: 'result', result: 'proxy-407', alsoPlace: true }],
    },
  ],
  [
    'hidden/proxy-for-every-stack',
    'Every network stack of the server must know the proxy.',
    'The service works and its revocation checks do not.',
    { inSite: { by: 'stops', where: 'proxy' } },
  ],
  [
    'hidden/certificate-renewal',
    'The renewal host must be open, long after registration.',
    'After 180 days the certificate has ended and the service refuses the connector.',
    { signs: [{ by: 'result', result: 'tls-expired', operation: 'renew' }] },
  ],
]).map((requirement) => ({ ...requirement, hidden: true, strength: 'should' as const }));
