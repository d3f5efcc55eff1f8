import { type Application, type Dimension, type Draft, trait } from './trait.js';

const published = (name: string, internal: string, more: Partial<Application> = {}): Application => ({
  name,
  external: `https://${name.toLowerCase()}-contoso.msappproxy.net/`,
  internal,
  ...more,
});
const applications = (name: string, all: readonly Application[]) =>
  trait(name, ({ site }) => {
    site.applications = [...all];
  });
const home = (name: string, make: (site: Draft['site']) => void) => trait(name, ({ site }) => make(site));

/** What is served to whom, and by which servers; without one of these: two applications by one server. */
export const homes: Dimension = {
  name: 'home',
  without: 4,
  traits: [
    home('edition of 2025', (site) => {
      site.edition = '2025-02-21';
    }),
    home('edition of 2026', (site) => {
      site.edition = '2026-02-04';
    }),
    home('government', (site) => {
      site.cloud = { ...site.cloud, environment: 'us-government', region: 'nam' };
    }),
    home('another region', (site) => {
      site.cloud = { ...site.cloud, region: 'asia' };
      site.tenant = { licence: 'premium-p2' };
    }),
    home('another domain', (site) => {
      site.tenant = {
        domain: 'fabrikam.test',
        id: '0f6c2a1e-5f0b-4d8a-9d8e-1b7d9a3c5e77',
        users: [
          { name: 'lin@fabrikam.test', roles: ['application-administrator', 'global-administrator'] },
          { name: 'ben@fabrikam.test', 'second-factor': 'approve' },
        ],
      };
    }),
    home('two servers', (site) => {
      site.servers = [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }];
    }),
    home('two groups', (site) => {
      site.servers = [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }];
      site['connector-groups'] = [{ name: 'Second', servers: ['app-proxy-02'] }];
      Object.assign(site.applications[1] ?? {}, { group: 'Second' });
    }),
    home('private access', (site) => {
      site['private-access'] = {
        'quick-access': { segments: [{ to: 'files.contoso.test', ports: [445, '8000-8010'] }] },
        resources: [{ host: 'files.contoso.test', ports: [445, 8001] }],
      };
    }),
    applications('https applications', [
      published('Intranet', 'https://intranet.contoso.test/'),
      published('Wiki', 'https://wiki.contoso.test/', {
        certificate: 'self-signed',
        'validate-backend-certificate': false,
      }),
    ]),
    applications('Kerberos', [
      published('Intranet', 'http://intranet.contoso.test/', { 'single-sign-on': 'kerberos' }),
      published('Wiki', 'https://wiki.contoso.test/'),
    ]),
    applications('other ports', [
      published('Intranet', 'http://intranet.contoso.test:8080/'),
      published('Wiki', 'https://wiki.contoso.test:8443/', { 'pre-authentication': false }),
    ]),
    applications('on the server', [
      published('Intranet', 'http://app-proxy-01:8080/'),
      published('Wiki', 'https://wiki.contoso.test/', { 'runs-on': ['app-proxy-01'] }),
    ]),
    applications('ten applications', [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((at) => published(`App${at}`, `http://app${at}.contoso.test/`)),
    ]),
  ],
};
