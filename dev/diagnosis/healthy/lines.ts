import type { SiteInput } from '../../../model/site/schema.js';
import { type Dimension, ofServers, trait } from './trait.js';

const inspection = (name: string, more: NonNullable<SiteInput['inspection']>) =>
  trait(name, ({ site }) => {
    site.inspection = { authority: 'Contoso Inspection CA', ...more };
  });

/** Who reads TLS that is not the service's. */
export const inspections: Dimension = {
  name: 'inspection',
  without: 6,
  traits: [
    inspection('of everything else', { 'trusted-by-server': true, except: ['documented'] }),
    inspection('of everything else, not trusted', { except: ['documented'] }),
    inspection('without revocation lists', {
      ...{ 'trusted-by-server': true, except: ['documented'] },
      'revocation-info': false,
    }),
    inspection('of others alone', { 'trusted-by-server': true, only: ['*.example', '*.test.example'] }),
    inspection('with pages that block others', {
      ...{ 'trusted-by-server': true, except: ['documented'] },
      'block-page': ['*.example'],
      websocket: 'strip-upgrade',
    }),
    inspection('by an authority with a good name', {
      authority: 'Contoso Microsoft DigiCert CA',
      except: ['documented'],
    }),
    trait('by the proxy', ({ site }) => {
      site.inspection = {
        at: site.proxy ? 'proxy' : 'edge',
        'trusted-by-server': true,
        except: ['documented'],
      };
    }),
    trait('a SYN proxy that resets others', ({ site }) => {
      site['syn-proxy'] = { resets: ['*.example'] };
    }),
  ],
};

const link = (name: string, more: NonNullable<SiteInput['link']>) =>
  trait(name, ({ site }) => {
    site.link = more;
  });

/** The line to the internet. Round trips are on the wall clock; loss below all of it needs containers. */
export const lines: Dimension = {
  name: 'line',
  without: 5,
  traits: [
    link('40 ms', { 'round-trip': '40ms' }),
    link('80 ms', { 'round-trip': '80ms' }),
    link('far away', { 'round-trip': '100ms', rate: '2mbit' }),
    link('slow', { 'round-trip': '60ms', rate: '512kbit' }),
    link('10 Mbit', { rate: '10mbit' }),
    link('address translation', { 'nat-ports': 2000 }),
    link('IPv6 refused', { ipv6: 'refused' }),
    link('IPv6 without an answer', { ipv6: 'silent' }),
    link('forgets after 10 minutes', { 'idle-timeout': '10m' }),
    link('forgets after an hour', { 'round-trip': '20ms', 'idle-timeout': '1h' }),
  ],
};

/** How names are learned. */
export const resolvers: Dimension = {
  name: 'names',
  without: 4,
  traits: [
    trait('a zone of the site', ({ site }) => {
      site.resolver = { zones: { 'contoso.test': '198.18.130.0/24' } };
    }),
    trait('others are hidden', ({ site }) => {
      site.resolver = {
        faults: [
          { name: '*.example', answer: 'nxdomain' },
          { name: 'updates.example', answer: 'timeout' },
        ],
      };
    }),
    trait('others are elsewhere', ({ site }) => {
      site.resolver = { faults: [{ name: '*.example', answer: 'wrong-address' }] };
    }),
    ofServers('resolvers of their own', (server) => {
      server.resolver = {};
    }),
    ofServers('lines of others in hosts files', (server) => {
      server.hosts = { 'telemetry.example': '0.0.0.0', 'old-app.contoso.test': '198.18.130.77' };
    }),
    ofServers('search lists', (server) => {
      server.search = ['corp.test', 'contoso.test'];
    }),
  ],
};
