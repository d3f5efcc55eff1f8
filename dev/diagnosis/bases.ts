import type { SiteInput } from '../../model/site/schema.js';

/** A kind of site in which everything works, before something is made wrong in it. */
export interface Base {
  name: string;
  /** Rules were written looking at `training`; what is reported is of the others alone. */
  use: 'training' | 'reporting';
  /** How connections leave: what a fault looks like depends on it. */
  way: 'direct' | 'proxy';
  /** How the firewall at the edge learns names. */
  names: 'dns' | 'sni';
  revocation: 'soft-fail' | 'hard-fail';
  site: SiteInput;
}

const applications = [
  {
    name: 'Intranet',
    external: 'https://intranet-contoso.msappproxy.net/',
    internal: 'http://intranet.contoso.test/',
  },
  { name: 'Wiki', external: 'https://wiki-contoso.msappproxy.net/', internal: 'https://wiki.contoso.test/' },
];
const server = (more: Partial<NonNullable<SiteInput['servers']>[number]> = {}) => ({
  name: 'app-proxy-01',
  ...more,
});
const hard = { revocation: 'hard-fail' } as const;
const fromProxy = { allow: 'any', port: [80, 443], from: 'proxy' };

export const bases: readonly Base[] = [
  {
    ...{ name: 'plain', use: 'training', way: 'direct', names: 'dns', revocation: 'soft-fail' },
    site: {
      site: 'Plain',
      applications,
      servers: [server()],
      firewall: { default: 'drop', rules: [{ allow: 'documented' }] },
    },
  },
  {
    ...{ name: 'proxy', use: 'training', way: 'proxy', names: 'dns', revocation: 'hard-fail' },
    site: {
      site: 'Proxy',
      applications,
      servers: [server(hard)],
      proxy: { address: 'proxy.contoso.test:8080' },
      firewall: { default: 'drop', rules: [fromProxy] },
    },
  },
  {
    ...{ name: 'names read', use: 'training', way: 'direct', names: 'sni', revocation: 'hard-fail' },
    site: {
      site: 'Names read',
      applications,
      servers: [server(hard)],
      firewall: { default: 'reset', 'names-from': 'sni', rules: [{ allow: 'documented' }] },
    },
  },
  {
    ...{ name: 'branch and centre', use: 'reporting', way: 'direct', names: 'dns', revocation: 'hard-fail' },
    site: {
      site: 'Branch and centre',
      applications,
      servers: [server({ ...hard, services: { connector: 'CONTOSO\\svc-connector$' } })],
      firewalls: [
        { name: 'branch', default: 'reject', rules: [{ allow: 'documented' }] },
        { name: 'centre', default: 'allow', rules: [], 'idle-timeout': '5m' },
      ],
      link: { 'round-trip': '30ms' },
    },
  },
  {
    ...{ name: 'parent proxy', use: 'reporting', way: 'proxy', names: 'dns', revocation: 'soft-fail' },
    site: {
      site: 'Parent proxy',
      applications,
      servers: [server()],
      proxy: {
        address: 'proxy.branch.contoso.test:3128',
        rules: [{ allow: 'documented' }],
        default: 'deny',
        parent: { address: 'proxy.contoso.test:8080' },
      },
      firewall: { default: 'reject', rules: [{ ...fromProxy, from: 'parent-proxy' }] },
    },
  },
  {
    ...{
      name: 'inspection elsewhere',
      use: 'reporting',
      way: 'direct',
      names: 'sni',
      revocation: 'soft-fail',
    },
    site: {
      site: 'Inspection elsewhere',
      applications,
      servers: [server()],
      inspection: { authority: 'Contoso Inspection CA', 'trusted-by-server': true, except: ['documented'] },
      firewall: {
        default: 'drop',
        'names-from': 'sni',
        rules: [{ deny: '*.example', port: 'any' }, { allow: 'documented' }],
      },
    },
  },
];
