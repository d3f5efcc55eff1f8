import type { Placed } from './placed.js';
import type { Site } from './schema.js';
import { unknownWord } from './unknown-word.js';
import { each, valuesAt } from './values-at.js';

/** Rules about machines that are not there, or whose packets the firewall never sees. */
export function wrongOrigins({ servers, proxy }: Site, written: unknown): Placed[] {
  const machines = [...servers.map(({ name }) => name), ...(proxy ? ['proxy'] : [])];
  const atEdge = valuesAt(written, ['firewall', 'rules', each, 'from']).flatMap(({ value: from, path }) =>
    machines.includes(String(from))
      ? []
      : [{ path, message: unknownWord('machine', String(from), machines) }],
  );
  const atHosts = servers.flatMap(({ name }, at) =>
    valuesAt(written, ['servers', at, 'host-firewall', 'rules', each, 'from']).flatMap(
      ({ value: from, path }) =>
        from === name
          ? []
          : [{ path, message: `the host firewall of "${name}" sees no packet of "${from}"; leave from out` }],
    ),
  );
  return [...atEdge, ...atHosts];
}
