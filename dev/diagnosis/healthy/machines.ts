import type { SiteInput } from '../../../model/site/schema.js';
import { type Dimension, ofServers, trait } from './trait.js';

const own = 'CONTOSO\\svc-connector$';

/** In whose name the services run. */
export const accounts: Dimension = {
  name: 'accounts',
  without: 2,
  traits: [
    ofServers('a gMSA for the connector', (server) => {
      server.services = { connector: own };
    }),
    ofServers('a gMSA for both', (server) => {
      server.services = { connector: own, updater: own };
    }),
    ofServers('one built in for both', (server) => {
      server.services = { connector: 'local-system' };
    }),
  ],
};

/** What an unreachable revocation list does. */
export const revocations: Dimension = {
  name: 'revocation',
  without: 1,
  traits: [
    ofServers('hard-fail', (server) => {
      server.revocation = 'hard-fail';
    }),
  ],
};

/** The servers themselves. */
export const machines: Dimension = {
  name: 'machine',
  without: 4,
  traits: [
    ofServers('Windows Server 2012 R2', (server) => {
      server.windows = 'server-2012-r2';
    }),
    ofServers('Windows Server 2016', (server) => {
      Object.assign(server, { windows: 'server-2016', dotnet: '4.7.2' });
    }),
    ofServers('Windows Server 2022', (server) => {
      Object.assign(server, { windows: 'server-2022', connector: '1.5.4522.0' });
    }),
    ofServers('Windows Server 2025', (server) => {
      Object.assign(server, { windows: 'server-2025', connector: '1.5.4892.0', dotnet: '4.8.1' });
    }),
    ofServers('HTTP/2', (server) => {
      server.http2 = true;
    }),
    ofServers('a clock two minutes fast', (server) => {
      server['clock-skew'] = '2m';
    }),
    ofServers('a clock a minute slow', (server) => {
      server['clock-skew'] = '-1m';
    }),
    ofServers('old roots', (server) => {
      server.roots = 'stale';
    }),
  ],
};

const cloud = (name: string, more: NonNullable<SiteInput['cloud']>) =>
  trait(name, ({ site }) => {
    site.cloud = { ...site.cloud, ...more };
  });

/** What the service tells connectors. */
export const services: Dimension = {
  name: 'service',
  without: 4,
  traits: [
    cloud('slow signs of life', { timers: { 'signalling-keep-alive': '45s', 'bootstrap-interval': '20m' } }),
    cloud('frequent reports', { timers: { 'bootstrap-interval': '2m', 'renew-check': '1h' } }),
    cloud('short leases', { timers: { 'signalling-lease': '30m', 'signalling-idle': '20m' } }),
    cloud('one namespace', { namespaces: 1 }),
    cloud('two namespaces, few at once', { namespaces: 2, 'connection-limit': 10 }),
    cloud('a word to connectors', {
      message: { level: 'error', text: 'Maintenance on Sunday' },
      'required-connector': '1.5.100.0',
    }),
    cloud('hybrid connections', { 'hybrid-connections': [{ path: 'orders' }] }),
  ],
};
