import type { Environment } from '../../model/requirements/documented-host.js';
import { rowsFor } from '../../model/requirements/lookup.js';

/**
 * A host as the requirements page names it for that port, and as a rule needs it, since the page has
 * paths too; as it is, where the page does not name it.
 */
export function documentedName(
  host: string,
  port: number,
  environment: Environment,
): { host: string; rule: string; documented: boolean } {
  const rows = rowsFor(host, port, environment);
  const closest = rows.find(({ match }) => match === 'exact') ?? rows[0];
  return closest
    ? { host: closest.host, rule: closest.rule, documented: true }
    : { host, rule: host, documented: false };
}
