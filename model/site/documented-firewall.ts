import type { Environment } from '../requirements/documented-host.js';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { type Firewall, firewallSchema } from './schema.js';

/** Default drop, and exactly what the requirements page opens: one rule per row of its table. */
export function documentedFirewall(environment: Environment): Firewall {
  return firewallSchema.parse({
    default: 'drop',
    rules: documentedHosts(environment).map(({ rule, port }) => ({ allow: rule, port })),
  });
}
