import type { Firewall, Site } from './schema.js';
import { each } from './values-at.js';

/** The parts of a site that say which firewalls it has at the edge. */
export type EdgeFirewalls = Pick<Site, 'firewall' | 'firewalls'>;

/** Every firewall at the edge of a site, in the order in which connections pass them. */
export function edgeFirewalls({ firewall, firewalls }: EdgeFirewalls): Firewall[] {
  return firewalls ?? [firewall];
}

/** The site with each of them changed, or those of one name. */
export function withEdgeFirewalls(site: Site, change: (firewall: Firewall) => Firewall, name?: string): Site {
  const { firewall, firewalls } = site;
  if (!firewalls) return { ...site, firewall: change(firewall) };
  return {
    ...site,
    firewalls: firewalls.map((one) =>
      name === undefined || one.name === name ? { ...change(one), name: one.name } : one,
    ),
  };
}

/** Whether some of its rules know names from the first bytes of connections, which it lets stand until then. */
export function readsNames({
  'names-from': namesFrom,
  rules,
}: Pick<Firewall, 'names-from' | 'rules'>): boolean {
  return namesFrom === 'sni' || rules.some(({ layer }) => layer !== undefined);
}

/** Where they stand in a site file, and which lists of rules each has. */
export const edgeRuleLists: readonly (readonly PropertyKey[])[] = [['firewall'], ['firewalls', each]].flatMap(
  (firewall) => ['rules', 'application-rules'].map((list) => [...firewall, list]),
);
