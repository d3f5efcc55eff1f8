import { canonical } from './host-name.js';
import { internalPlace } from './internal-url.js';
import type { Application, Site } from './schema.js';

/** The application that the service publishes at a host, above a path; undefined: none. */
export function publishedAt({ applications }: Site, host: string, path: string): Application | undefined {
  return applications
    .map((application) => ({ application, at: new URL(folderOf(application.external)) }))
    .filter(({ at }) => canonical(at.hostname) === canonical(host) && `${path}/`.startsWith(at.pathname))
    .sort((a, b) => b.at.pathname.length - a.at.pathname.length)[0]?.application;
}

/** The application that the service publishes where connectors are to ask for one: by its name, often itself. */
export function publishedInside(site: Site, application: Application): Application | undefined {
  const { host, port, path } = internalPlace(application);
  return port === 443 ? publishedAt(site, host, path) : undefined;
}

/** An address of an application with a slash at its end: what is below it is the application's, too. */
export function folderOf(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
