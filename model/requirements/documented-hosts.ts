import type { DocumentedHost, Environment } from './documented-host.js';
import { editionOf } from './editions/index.js';

/** The rows of the page for a cloud, in the page's order. */
export function documentedHosts(environment: Environment): readonly DocumentedHost[] {
  return editionOf(environment).hosts;
}
