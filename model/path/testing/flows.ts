import fc from 'fast-check';
import { stacks } from '../../evidence/vocabulary.js';
import { covers } from '../../policy/match-host.js';
import { destinationOf } from '../../policy/rule-name.js';
import { accountsOf } from '../../site/accounts.js';
import { completeSite } from '../../site/complete.js';
import { edgeFirewalls } from '../../site/edge-firewalls.js';
import type { HostEntry } from '../../site/host-entry.js';
import { hostEntries } from '../../site/host-lists.js';
import { internalPlace } from '../../site/internal-url.js';
import type { Site } from '../../site/schema.js';
import type { WantedFlow } from '../flow.js';
import { type Internet, internetOf } from '../public-host.js';
import { rows } from './hosts.js';

/** An internet that has one host for every documented row. */
export function documentedInternet(): Internet {
  const { tenant } = completeSite({ site: 'Any' });
  const ports = new Map<string, number[]>();
  for (const { example, port } of rows) {
    const name = example.replace('<tenant>', tenant.id);
    ports.set(name, [...(ports.get(name) ?? []), port]);
  }
  return internetOf(
    [...ports].map(([name, open], index) => ({
      name,
      chain: [],
      address: `198.18.64.${index + 1}`,
      ports: open,
    })),
  );
}

/** A flow to a host of the internet that a documented row is about. */
export function anyFlowIn(site: Site, internet: Internet): fc.Arbitrary<WantedFlow> {
  // What is inside runs in no test of the network alone.
  const inside = new Set(site.applications.map((one) => internalPlace(one).host));
  const hosts = internet.hosts.filter(
    ({ name }) =>
      !inside.has(name) &&
      rows.some(({ rule, match }) => (match === 'suffix' ? name.endsWith(rule.slice(1)) : name === rule)),
  );
  const entries = entriesOf(site);
  const named = hosts.filter(({ name, chain }) =>
    [name, ...chain].some((known) => entries.some((one) => covers(one, known))),
  );
  const written = hosts.filter(({ name }) => site.servers.some((one) => one.hosts[name] !== undefined));
  return fc
    .record({
      server: fc.constantFrom(...site.servers.map(({ name }) => name)),
      account: fc.constantFrom(...accountsOf(site)),
      stack: fc.constantFrom(...stacks),
      // Mostly those that some list of the site is about, or a line of a hosts file, of which there are few.
      host: fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(...hosts) },
        ...(named.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...named) }] : []),
        ...(written.length > 0 ? [{ weight: 2, arbitrary: fc.constantFrom(...written) }] : []),
      ),
      other: fc.nat(9),
    })
    .map(({ server, account, stack, host, other }) => ({
      ...{ server, account, stack, host: host.name },
      // Mostly where somebody listens.
      port: other === 0 ? (host.ports[0] === 80 ? 443 : 80) : (host.ports[0] ?? 443),
      operation: 'sign-in',
    }));
}

/** Every entry and destination of names that some device of a site has. */
function entriesOf(site: Site): HostEntry[] {
  const { servers } = site;
  const firewalls = [...edgeFirewalls(site), ...servers.map((server) => server['host-firewall'])];
  const rules = firewalls.flatMap((firewall) => firewall.rules);
  const bypass = (site.proxy?.bypass ?? []).filter((one) => /^[\w*.]+[a-z]$/.test(one));
  return [...rules.map(destinationOf).filter((one) => one !== 'any'), ...hostEntries(site), ...bypass];
}
