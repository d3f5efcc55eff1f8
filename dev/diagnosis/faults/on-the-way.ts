import type { SiteInput } from '../../../model/site/schema.js';
import { always, direct, type Fault, isDirect, row, servers, service, servicebus } from './fault.js';

const resolver =
  (name: string, answer: 'nxdomain' | 'timeout' | 'wrong-address' | 'no-chain') => (site: SiteInput) => {
    site.resolver = { ...site.resolver, faults: [...(site.resolver?.faults ?? []), { name, answer }] };
  };
const inspection = (more: SiteInput['inspection']) => (site: SiteInput) => {
  site.inspection = { authority: 'Contoso Inspection CA', ...more };
};

/** Of inspection, of names and of the line. */
export const onTheWay: readonly Fault[] = [
  // Inspection.
  {
    id: 'inspection-untrusted',
    device: 'inspector',
    truth: always({ rule: 'tls/inspected' }),
    make: inspection({ 'trusted-by-server': false, except: ['*.contoso.test'] }),
  },
  {
    id: 'inspection-of-servicebus',
    device: 'inspector',
    truth: always({ rule: 'tls/inspected', row: servicebus }),
    make: inspection({
      'trusted-by-server': true,
      only: ['*.servicebus.windows.net'],
      websocket: 'strip-upgrade',
    }),
  },
  {
    id: 'inspection-of-service',
    device: 'inspector',
    truth: always({ rule: 'tls/inspected', row: service }),
    make: inspection({ 'trusted-by-server': true, only: ['*.msappproxy.net'] }),
  },
  // Names.
  {
    id: 'zone-hides-service',
    device: 'resolver',
    truth: (base) => ({
      rule: isDirect(base) ? 'names/no-such-name' : 'names/proxy-finds-none',
      row: service,
    }),
    make: resolver('*.connector.msappproxy.net', 'nxdomain'),
  },
  {
    id: 'no-answer-about-sign-in',
    device: 'resolver',
    truth: (base) => ({
      rule: isDirect(base) ? 'names/no-answer' : 'names/proxy-finds-none',
      row: row('*.microsoftonline.com'),
    }),
    make: resolver('login.microsoftonline.com', 'timeout'),
  },
  {
    id: 'wrong-address-of-servicebus',
    device: 'resolver',
    truth: (base) => ({
      rule: isDirect(base) ? 'names/wrong-address' : 'proxy/cannot-connect',
      row: servicebus,
    }),
    make: resolver('*.servicebus.windows.net', 'wrong-address'),
  },
  {
    id: 'hosts-file-line',
    device: 'hosts-file',
    truth: direct({ rule: 'names/wrong-address', row: row('ocsp.digicert.com', 80) }),
    make: (site) =>
      servers(site, (server) => {
        server.hosts = { 'ocsp.digicert.com': '0.0.0.0' };
      }),
  },
  // The line.
  {
    id: 'idle-timeout',
    device: 'link',
    truth: always({ rule: 'link/idle' }),
    make: (site) => {
      site.link = { ...site.link, 'idle-timeout': '2m' };
      site.cloud = { ...site.cloud, timers: { 'signalling-keep-alive': '3m' } };
    },
  },
  {
    id: 'mtu',
    device: 'link',
    truth: (base) => ({
      rule: isDirect(base) && base.names === 'dns' ? 'path/silent-after-connect' : 'path/reset-after-connect',
    }),
    make: (site) => {
      site.link = { ...site.link, mtu: 1400 };
    },
  },
];
