import { type DocumentedHost, type Environment, rowId } from './documented-host.js';
import { hostsAskedOf } from './documented-hosts.js';
import type { PublicDate } from './editions/dates.js';

/** The rows of the page that open a concrete host and port. */
export function rowsFor(
  host: string,
  port: number,
  environment: Environment,
  edition?: PublicDate,
): DocumentedHost[] {
  const name = host.toLowerCase().replace(/\.$/, '');
  return hostsAskedOf({ cloud: { environment }, edition }).filter(
    (row) =>
      row.port === port && (row.match === 'suffix' ? name.endsWith(row.rule.slice(1)) : name === row.rule),
  );
}

export interface Place {
  host: string;
  port: number;
  environment: Environment;
  /** By which the site is judged; absent: the one that counts. */
  edition?: PublicDate | undefined;
}

/** The documented requirements that let a connector use a host: its rows, their group, the port. */
export function requirementsFor({ host, port, environment, edition }: Place): string[] {
  const rows = rowsFor(host, port, environment, edition);
  if (environment === 'us-government') return rows.length > 0 ? ['cloud/government-hosts', portId(port)] : [];
  const exact = rows.filter((row) => row.match === 'exact');
  // A row of its own says more about a host than the suffix that happens to cover it.
  const closest = exact.length > 0 ? exact : rows;
  const ids = closest.flatMap((row) => [rowId(row), `hosts/${row.group}`]);
  return rows.length > 0 ? [...new Set([...ids, portId(port)])] : [];
}

function portId(port: number): string {
  return port === 80 ? 'ports/outbound-80' : 'ports/outbound-443';
}
