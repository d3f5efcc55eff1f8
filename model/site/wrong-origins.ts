import { wrongAddress } from './address-words.js';
import { edgeRuleLists } from './edge-firewalls.js';
import { machinesAt, machinesOf } from './origins.js';
import type { Placed } from './placed.js';
import type { Site } from './schema.js';
import { unknownWord } from './unknown-word.js';
import { each, valuesAt } from './values-at.js';

type Path = readonly PropertyKey[];

/** Rules about machines that are not there, or whose packets the firewall never sees. */
export function wrongOrigins(site: Site, written: unknown): Placed[] {
  const machines = machinesOf(site);
  const names = [...machines.keys()];
  const atEdge = edgeRuleLists
    .flatMap((list) => originsIn(written, list))
    .flatMap(({ from, path }) => {
      const wrong = wrongAddress(from);
      if (wrong !== undefined) return [{ path, message: wrong }];
      const isKnown = machinesAt(from, machines).every((name) => machines.has(name));
      return isKnown ? [] : [{ path, message: unknownWord('machine', from, names) }];
    });
  const atHosts = site.servers.flatMap(({ name }, at) =>
    originsIn(written, ['servers', at, 'host-firewall', 'rules']).flatMap(({ from, path }) =>
      machinesAt(from, machines).includes(name)
        ? []
        : [{ path, message: `the host firewall of "${name}" sees no packet of "${from}"; leave from out` }],
    ),
  );
  const servers = site.servers.map(({ name }) => name);
  const atProxy = originsIn(written, ['proxy', 'rules']).flatMap(({ from, path }) => {
    const wrong = wrongAddress(from);
    if (wrong !== undefined) return [{ path, message: wrong }];
    const isKnown = machinesAt(from, machines).every((name) => servers.includes(name));
    return isKnown ? [] : [{ path, message: unknownWord('server', from, servers) }];
  });
  return [...atEdge, ...atHosts, ...atProxy];
}

/** Who the rules of a list are about, one after the other. */
function originsIn(written: unknown, list: Path): { from: string; path: Path }[] {
  const found = valuesAt(written, [...list, each, 'from']);
  return found.flatMap(({ value, path }) =>
    Array.isArray(value)
      ? value.map((from, index) => ({ from: String(from), path: [...path, index] }))
      : [{ from: String(value), path }],
  );
}
