import type { SiteInput } from '../../../model/site/schema.js';

/** How connections of the servers come to the edge: whom its rules have to let out. */
export type Leaving = 'direct' | 'proxy' | 'parent-proxy' | 'both';

/** A site while it is put together of traits. */
export interface Draft {
  site: SiteInput & { servers: Server[]; applications: Application[] };
  leaves: Leaving;
}
export type Server = NonNullable<SiteInput['servers']>[number];
export type Application = NonNullable<SiteInput['applications']>[number];

/** One way in which sites differ in which everything works. */
export interface Trait {
  /** As tables call it: `proxy with a parent`. */
  name: string;
  make(draft: Draft): void;
}

/** What sites differ in; each has one of its traits, or none of them. */
export interface Dimension {
  name: string;
  traits: readonly Trait[];
  /** Of so many sites one has none. */
  without: number;
}

export const trait = (name: string, make: Trait['make']): Trait => ({ name, make });

/** A trait of all servers. */
export const ofServers = (name: string, change: (server: Server, index: number) => void): Trait =>
  trait(name, ({ site }) => {
    for (const [index, server] of site.servers.entries()) change(server, index);
  });
