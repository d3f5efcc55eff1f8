import { documentedHosts } from '../requirements/documented-hosts.js';
import { type Site, type SiteInput, siteSchema } from './schema.js';

/**
 * A site with nothing left open: what is not said is as documented. Without a `firewall`, the edge
 * drops everything but the rows of the requirements page.
 * @throws ZodError
 */
export function completeSite(input: SiteInput): Site {
  if (input.firewall) return siteSchema.parse(input);
  const site = siteSchema.parse(input);
  const rules = documentedHosts(site.cloud.environment).map(({ rule, port }) => ({ allow: rule, port }));
  return { ...site, firewall: { ...site.firewall, default: 'drop', rules } };
}
