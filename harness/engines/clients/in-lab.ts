import { beforeAll } from 'vitest';
import { serviceNames } from '../../../mocks/protocol/names.js';
import { byProxy, type LabFetch, labFetch } from '../../../mocks/testing/lab-fetch.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import type { Engine, Lab } from '../engine.js';
import { type LoopbackProxy, loopbackProxy } from '../loopback-proxy.js';
import { openPrograms, type Programs } from './programs.js';

/** A lab on some engine, as software that nobody here wrote is in it. For tests. */
export interface InLab {
  lab: Lab;
  /** The way in of users, on the internet. */
  users: LoopbackProxy;
  /** `fetch` by that way. */
  fetch: LabFetch;
  /** On the server, behind the site's devices. */
  programs: Programs;
}

const applications: SiteInput['applications'] = [
  {
    name: 'Intranet',
    external: 'https://intranet-contoso.msappproxy.net/',
    internal: 'http://intranet.contoso.test/',
    'pre-authentication': false,
  },
];
/** The site of the lab, with faults of its cloud where there are some. */
export const siteWith = (faults: NonNullable<SiteInput['cloud']>['faults'] = []) =>
  documentedSite({
    applications,
    cloud: { faults },
    tenant: {
      users: [
        { name: 'admin@contoso.test', roles: ['global-administrator'] },
        { name: 'script@contoso.test', roles: ['application-administrator'], 'second-factor': 'none' },
        { name: 'mira@contoso.test' },
      ],
    },
  });
export const site = siteWith();
export const names = serviceNames(site);
export const server = 'app-proxy-01';

/** One lab for every client; its connector has reported, and does not listen. */
export function openInLab(start: () => Promise<Engine>): () => InLab {
  let open: InLab | undefined;
  beforeAll(async () => {
    const engine = await start();
    const lab = await engine.open(site, { scenario: 'clients', startAt: Date.now(), record: () => {} });
    for (const operation of ['install', 'sign-in', 'register', 'bootstrap'] as const)
      await lab.perform({ do: 'operate', server, operation });
    const users = await loopbackProxy(lab.dialer());
    const programs = await openPrograms(lab);
    open = { lab, users, programs, fetch: labFetch(byProxy(users.url), lab.trust) };
    return async () => {
      for (const one of [programs, users, lab]) await one[Symbol.asyncDispose]();
    };
  });
  return () => {
    if (!open) throw new Error('the lab is not open');
    return open;
  };
}
