import type { Resolver, Site } from '../site/schema.js';

/** What a machine asks for names: what it says wrongly, and whether it knows the names of the site. */
export interface AskedResolver {
  settings: Resolver;
  knowsSite: boolean;
  /** Whose own it is; absent: the site's. */
  of?: string;
}

const noZones: Resolver['zones'] = {};

/** The resolver that a machine of a site asks: a server's own, where it has one, else the site's. */
export function resolverAskedBy(machine: string, { servers, resolver }: Site): AskedResolver {
  const own = servers.find(({ name }) => name === machine)?.resolver;
  if (!own) return { settings: resolver, knowsSite: true };
  const { 'site-names': knowsSite, faults } = own;
  return { settings: { zones: knowsSite ? resolver.zones : noZones, faults }, knowsSite, of: machine };
}
