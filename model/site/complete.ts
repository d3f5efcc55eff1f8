import { documentedFirewall } from './documented-firewall.js';
import { type Site, type SiteInput, siteSchema } from './schema.js';

/**
 * A site with nothing left open: what is not said is as documented. Without a `firewall`, the edge
 * drops everything but the rows of the requirements page.
 * @throws ZodError
 */
export function completeSite(input: SiteInput): Site {
  const site = siteSchema.parse(input);
  return input.firewall ? site : { ...site, firewall: documentedFirewall(site.cloud.environment) };
}
