import type { DocumentedHost, Environment } from './documented-host.js';
import { editionFor, editionOf, type Judged } from './editions/index.js';

/** The rows of the page for a cloud, in the page's order. */
export function documentedHosts(environment: Environment): readonly DocumentedHost[] {
  return editionOf(environment).hosts;
}

/** The rows of the edition by which a site is judged, in the page's order. */
export function hostsAskedOf(site: Judged): readonly DocumentedHost[] {
  return editionFor(site).hosts;
}
