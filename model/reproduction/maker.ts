import type { Cause } from '../diagnosis/diagnose.js';
import type { Attempt } from '../diagnosis/evidence.js';
import type { SiteInput } from '../site/schema.js';

export type ServerInput = NonNullable<SiteInput['servers']>[number];

/** What a cause is made of in a site. */
export interface Making {
  site: SiteInput;
  cause: Cause;
  /** The attempts that it explains. */
  of: readonly Attempt[];
  /** All others. */
  others: readonly Attempt[];
  /** Whether connections of the site leave by a proxy. */
  isProxied: boolean;
}

/** Puts what a cause says into a site; false where no site can be made that shows it. */
export type Maker = (making: Making) => boolean;

/** Changes every server that the cause is about. */
export function onServers({ site, cause }: Making, change: (server: ServerInput) => void): true {
  const { server: only } = cause.scope;
  for (const server of site.servers ?? []) if (only === undefined || server.name === only) change(server);
  return true;
}
