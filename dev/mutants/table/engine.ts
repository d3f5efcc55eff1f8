import type { Mutant } from '../mutant.js';

const lab = 'harness/engines/embedded/lab.ts';
const network = 'harness/engines/embedded/network.ts';

/** The embedded engine's own parts: clocks, names, and what happens when a site changes. */
export const engine: readonly Mutant[] = [
  {
    id: 'engine/clock-of-a-server',
    file: network,
    find: "return this.options.clock.skewed(server?.['clock-skew'] ?? 0);",
    replace: 'return this.options.clock.skewed(server ? 0 : 0);',
    off: 'The clock of every server is right.',
    noticedBy: 'customers/clock-skew',
  },
  {
    id: 'engine/servers-change',
    file: lab,
    find: 'for (const server of site.servers) connectors.get(server.name)?.setSite(server, site, addedRoots);',
    replace: '',
    off: 'Servers do not learn that they have changed.',
    noticedBy: 'ports/outbound-80#hard-fail',
  },
  {
    id: 'engine/cloud-changes',
    file: lab,
    find: 'await cloud.setSite(site);',
    replace: '',
    off: 'The cloud does not learn that it has changed.',
    noticedBy: 'customers/service-faults',
  },
  {
    id: 'engine/users-forget',
    file: lab,
    find: 'users.forget();',
    replace: '',
    off: 'Users stay signed in while the site changes.',
    noticedBy: 'tenant/known-users',
  },
  {
    id: 'engine/edge',
    file: network,
    find: 'return isInside(this.#addresses, address) ? own : [...own, ...this.#atEdge];',
    replace: 'return own;',
    off: 'Nothing passes the edge’s devices.',
    noticedBy: 'hosts/sufficiency',
  },
  {
    id: 'engine/inside-is-not-the-edge',
    file: network,
    find: 'return isInside(this.#addresses, address) ? own : [...own, ...this.#atEdge];',
    replace: 'return [...own, ...this.#atEdge];',
    off: 'What stays inside passes the edge’s devices, too.',
    noticedBy: 'hosts/sufficiency',
  },
  {
    id: 'engine/names-written',
    file: 'harness/engines/embedded/resolver.ts',
    find: '...(rule !== undefined && { rule }),',
    replace: '',
    off: 'Of a wrong answer it is not written what gave it.',
    noticedBy: 'customers/p11-resolver',
  },
  {
    id: 'engine/two-copies',
    file: 'harness/engines/embedded/verbs.ts',
    find: 'this.#connector(to).take(this.#connector(from).installation);',
    replace: 'this.#connector(to).take({});',
    off: 'A copied installation is empty.',
    noticedBy: 'server/each-server-registers',
  },
];
