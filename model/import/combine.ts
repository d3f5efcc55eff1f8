import type { StackName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import { asProxy } from './as-proxy.js';
import type { Imported, ImportedFirewall, ImportedProxyRule } from './importer.js';
import { withoutLabNetwork } from './without-lab-network.js';

type Proxy = NonNullable<NonNullable<Imported['site']>['proxy']>;

/** Whose file it is: what passes it, what begins on it, or, of tables of hosts, what a proxy is asked for. */
export const sides = ['edge', 'server', 'proxy'] as const;
export type Side = (typeof sides)[number];

/**
 * One site of what several files say; of two firewalls of one side the first is asked first, and the second
 * where that says nothing. `as`: whose firewalls the files are; absent: the edge's, where they say anything of
 * what passes.
 */
export function combine(imported: readonly Imported[], name: string, as?: Side): SiteInput {
  if (as === 'proxy') return combine(tablesAsProxy(imported), name);
  const firewalls = imported.flatMap(({ edge, server }): { side: Side; firewall: ImportedFirewall }[] => {
    if (as === 'edge') return edge ? [{ side: as, firewall: edge }] : [];
    // A table of hosts is of whatever it is said to be.
    if (as === 'server')
      return (server ?? edge) ? [{ side: as, firewall: server ?? (edge as ImportedFirewall) }] : [];
    if (edge) return [{ side: 'edge', firewall: edge }];
    return server ? [{ side: 'server', firewall: server }] : [];
  });
  const [edge, server] = (['edge', 'server'] as const).map((side) =>
    joined(firewalls.filter((one) => one.side === side).map(({ firewall }) => withoutLabNetwork(firewall))),
  );
  const hosts = Object.assign({}, ...imported.map((one) => one.hosts ?? {})) as Record<string, string>;
  const hasHosts = Object.keys(hosts).length > 0;
  const { proxy, pac, inspection } = mergedSites(imported);
  const direct = goingDirect(imported);
  const own = {
    ...(direct.length > 0 && { 'proxy-settings': Object.fromEntries(direct.map((one) => [one, 'direct'])) }),
    ...(hasHosts && { hosts }),
    ...(server && { 'host-firewall': server }),
  };
  return {
    site: name,
    ...(Object.keys(own).length > 0 && { servers: [{ name: 'app-proxy-01', ...own }] }),
    ...(proxy && { proxy }),
    ...(pac && { pac: { ...pac, ...(proxy && { 'used-by': without(pac['used-by'], proxy['used-by']) }) } }),
    ...(edge && { firewall: edge }),
    ...(inspection && { inspection }),
  };
}

/** Stacks that are told to use no proxy: a service's own file decides over one that is several services'. */
function goingDirect(imported: readonly Imported[]): StackName[] {
  const told = imported.flatMap(({ site }) => site?.proxy?.['used-by'] ?? []);
  return imported.flatMap(({ direct = [] }) =>
    direct.filter((stack) => direct.length === 1 || !told.includes(stack)),
  );
}

/** Tables are one proxy's; what is of a firewall whatever is said of it is left out. */
function tablesAsProxy(imported: readonly Imported[]): Imported[] {
  const tables = joined(imported.flatMap(({ edge, isTable }) => (edge && isTable ? edge : [])));
  const others = imported.map(({ edge: _e, server: _s, ...rest }): Imported => rest);
  const proxy = tables && asProxy(tables);
  return [...others, ...(proxy ? [{ site: { proxy }, understood: 0, notUnderstood: [] }] : [])];
}

function joined(all: readonly ImportedFirewall[]): ImportedFirewall | undefined {
  const last = all.at(-1);
  const behind = all.flatMap((one) => one['application-rules'] ?? []);
  return (
    last && {
      default: last.default,
      rules: all.flatMap(({ rules }) => rules),
      ...(behind.length > 0 && { 'application-rules': behind }),
    }
  );
}

/** Several files can tell one proxy to several stacks. */
function mergedSites(imported: readonly Imported[]): NonNullable<Imported['site']> {
  const told = imported.flatMap(({ site }) => site?.proxy ?? []);
  const proxies = told.length > 0 ? told : namedProxy(imported);
  const pac = imported.flatMap(({ site }) => site?.pac ?? []).at(-1);
  const inspection = imported.flatMap(({ site }) => site?.inspection ?? []).at(-1);
  // A proxy's own file knows its rules, and not by which name others know it.
  const withRules = proxies.findLast(({ rules }) => rules !== undefined);
  const known = proxies.findLast(({ rules }) => rules === undefined);
  const listens = imported.flatMap((one) => one.listens ?? []);
  const isSame =
    known === undefined ||
    withRules === undefined ||
    portOf(known) === portOf(withRules) ||
    listens.includes(portOf(known) ?? '');
  const proxy = isSame ? (known ?? withRules) : withRules;
  const same = proxies.filter(({ address }) => address === proxy?.address);
  const others = otherProxies(imported, proxy?.address);
  const all = <T>(of: (one: (typeof same)[number]) => readonly T[] | undefined) => [
    ...new Set(same.flatMap((one) => of(one) ?? [])),
  ];
  const usedBy = [...new Set([...all((one) => one['used-by']), ...others.flatMap(({ stacks }) => stacks)])];
  const rules = [...others.flatMap(doubtsOf), ...(withRules?.rules ?? [])];
  const bypass = all((one) => one.bypass);
  return {
    ...(proxy && {
      proxy: {
        ...withRules,
        ...proxy,
        ...(rules.length > 0 && { rules }),
        ...(usedBy.length > 0 &&
          (!others.length || same.some((one) => one['used-by']?.length)) && { 'used-by': usedBy }),
        ...(bypass.length > 0 && { bypass }),
      },
    }),
    ...(pac && { pac }),
    ...(inspection && { inspection }),
  };
}

/** A proxy that stacks are told of beside that of the site. */
export interface OtherProxy {
  address: string;
  stacks: StackName[];
}

/** Proxies that stacks are told of, and that are none of the site's, of which there is one. */
export function otherProxies(imported: readonly Imported[], address: string | undefined): OtherProxy[] {
  return imported.flatMap(({ site, listens }) => {
    const { proxy } = site ?? {};
    // Under which name others know a proxy its own file does not say.
    if (!proxy || listens || proxy.address === address || !proxy['used-by']?.length) return [];
    return [{ address: proxy.address, stacks: [...proxy['used-by']] }];
  });
}

/** What another proxy lets through nobody knows, nor whether it is the same under another name. */
function doubtsOf({ address, stacks }: OtherProxy): ImportedProxyRule[] {
  const unclear = `${stacks.join(' and ')} asks ${address}, and a site has one proxy`;
  return [
    { deny: 'any', unclear },
    { allow: 'any', unclear },
  ];
}

/** The first proxy that a PAC file names, where nobody says more of one: it lets everything through. */
export function namedProxy(imported: readonly Imported[]): Proxy[] {
  const [address] = imported.flatMap(({ named = [] }) => named);
  return address === undefined ? [] : [{ address, 'used-by': [] }];
}

function portOf({ address }: { address: string }): string | undefined {
  return address.split(':').at(-1);
}

function without<T>(list: readonly T[] | undefined, others: readonly T[] | undefined): T[] {
  return (list ?? []).filter((one) => !others?.includes(one));
}
