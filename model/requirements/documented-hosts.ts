import type { DocumentedHost, Environment } from './documented-host.js';
import { governmentHosts } from './government-hosts.js';
import { publicHosts } from './public-hosts.js';

/** The rows of the page for a cloud, in the page's order. */
export function documentedHosts(environment: Environment): readonly DocumentedHost[] {
  return environment === 'public' ? publicHosts : governmentHosts;
}
