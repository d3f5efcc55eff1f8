import { edgeFirewalls } from './edge-firewalls.js';
import type { Placed } from './placed.js';
import type { Site } from './schema.js';
import { valuesAt } from './values-at.js';

/** Settings of the firewalls at the edge that cannot hold together. `written`: the site as it stands in its file. */
export function crossCheckFirewalls(site: Site, written: unknown): Placed[] {
  // A complete site has both, and only one of them counts.
  const isTwice =
    written !== site && site.firewalls !== undefined && valuesAt(written, ['firewall']).length > 0;
  const message = 'firewalls stands in place of firewall; make this one the first of the list, with a name';
  return [...(isTwice ? [{ path: ['firewall'], message }] : []), ...neverLearned(site)];
}

/** What is said of learned names of a firewall that learns none from resolvers. */
function neverLearned(site: Site): Placed[] {
  return edgeFirewalls(site).flatMap((one, at): Placed[] => {
    if (one['names-from'] === 'dns') return [];
    const path = site.firewalls ? ['firewalls', at] : ['firewall'];
    return (['other-answers', 'names-lost-for'] as const)
      .filter((key) => (key === 'other-answers' ? one[key].length > 0 : one[key] !== undefined))
      .map((key) => ({
        path: [...path, key],
        message: `${key} is about names learned from a resolver, and this firewall has names-from: sni; leave one of them out`,
      }));
  });
}
