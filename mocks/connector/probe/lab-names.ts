import type { Environment } from '../../../model/requirements/documented-host.js';
import { documentedHosts } from '../../../model/requirements/documented-hosts.js';
import type { Site } from '../../../model/site/schema.js';
import { serviceNames } from '../../protocol/names.js';
import type { ProbedNames } from './endpoints.js';

/** Hosts of a lab's cloud, all of which there are. */
export function labNames(site: Site): ProbedNames {
  const names = serviceNames(site);
  return {
    ...names,
    namespaces: names.namespaces.map(({ host }) => host),
    signInParts: names.signInParts.map(({ host }) => host),
    revocation: revocationHosts(site.cloud.environment),
    assumed: new Set(),
  };
}

/** Where lists and responders are, as the page has them. */
export function revocationHosts(environment: Environment): string[] {
  return documentedHosts(environment)
    .filter(({ group }) => group === 'revocation')
    .map(({ rule }) => rule);
}
