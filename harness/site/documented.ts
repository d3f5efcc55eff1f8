import { documentedHosts, type Environment } from '../requirements/documented-hosts.js';
import { completeSite } from './complete.js';
import { type Firewall, firewallSchema, type Site, type SiteInput } from './schema.js';

/** Default drop, and exactly what the requirements page opens: one rule per row of its table. */
export function documentedFirewall(environment: Environment): Firewall {
  return firewallSchema.parse({
    default: 'drop',
    rules: documentedHosts(environment).map(({ rule, port }) => ({ allow: rule, port })),
  });
}

/** One server, and everything as the page says; `input` says what is different. */
export function documentedSite(input: Partial<SiteInput> = {}): Site {
  return completeSite({ site: 'As documented', ...input });
}
