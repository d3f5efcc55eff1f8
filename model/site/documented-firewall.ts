import type { Environment } from '../requirements/documented-host.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import type { PublicDate } from '../requirements/editions/dates.js';
import { type Firewall, firewallSchema } from './schema.js';

/** Default drop, and exactly what the requirements page opens: one rule per row of its table. */
export function documentedFirewall(environment: Environment, edition?: PublicDate): Firewall {
  return firewallSchema.parse({
    default: 'drop',
    rules: hostsAskedOf({ cloud: { environment }, edition }).map(({ rule, port }) => ({ allow: rule, port })),
  });
}
