import type { Attempt } from '../diagnosis/evidence.js';
import type { Account } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import { type Maker, type Making, onServers } from './maker.js';
import { accountsOf, hostsOf, portOf } from './places.js';

type Action = 'deny' | 'reject' | 'reset';
type RuleInput = NonNullable<NonNullable<SiteInput['firewall']>['rules']>[number];

/** A rule about the hosts and the port of a cause. */
function ruleOf({ cause: { scope } }: Making, action: Action): RuleInput {
  return { [action]: hostsOf(scope) ?? 'any', port: portOf(scope) ?? 'any' } as RuleInput;
}

/** At the edge; where it is about accounts, on the server, which alone knows them. */
function closed(action: Action): Maker {
  return (making) => {
    const { site, cause } = making;
    if (cause.scope.stack !== undefined) return closedToStack(making, action);
    const rule = ruleOf(making, action);
    const accounts = accountsOf(cause.scope);
    if (accounts === undefined) {
      site.firewall?.rules?.unshift(rule);
      return true;
    }
    return onServers(making, (server) => {
      const before = server['host-firewall']?.rules ?? [];
      const own = accounts.map((account): RuleInput => ({ ...rule, account: account as Account }));
      server['host-firewall'] = { rules: [...own, ...before] };
    });
  };
}

/**
 * No device knows stacks: what stops one is about the places that this one alone goes to. False where
 * another way got through to one of them.
 */
function closedToStack({ site, of, others }: Making, action: Action): boolean {
  const place = ({ host, port }: Attempt) => `${host}:${port}`;
  const reached = new Set(others.filter(({ connected }) => connected).map(place));
  if (!site.firewall || of.length === 0 || of.some((one) => reached.has(place(one)))) return false;
  const ports = [...new Set(of.map(({ port }) => port))];
  const rules = ports.map((port) => {
    const hosts = new Set(of.filter((one) => one.port === port).map(({ host }) => host));
    return { [action]: [...hosts], port } as RuleInput;
  });
  site.firewall.rules = [...rules, ...(site.firewall.rules ?? [])];
  return true;
}

/** What reads names lets TCP stand first. */
function closedByName(action: Action): Maker {
  return (making) => {
    const { site, isProxied, cause } = making;
    if (hostsOf(cause.scope) === undefined && portOf(cause.scope) === undefined) {
      site.link = { ...site.link, mtu: 1400 };
      return true;
    }
    if (!isProxied && site.firewall) site.firewall['names-from'] = 'sni';
    return closed(action)(making);
  };
}

const answered =
  (answer: 'nxdomain' | 'timeout' | 'wrong-address'): Maker =>
  ({ site, cause: { scope } }) => {
    const faults = (hostsOf(scope) ?? everyName).map((name) => ({ name, answer }));
    site.resolver = { ...site.resolver, faults: [...(site.resolver?.faults ?? []), ...faults] };
    return true;
  };
const everyName = ['*.net', '*.com'];

/** A line of the hosts file where the address is one that no resolver gives, and the names are whole. */
const wrongAddress: Maker = (making) => {
  const { cause, of } = making;
  const [address] = of.flatMap((one) => (/^(0|127)\./.test(one.address ?? '') ? [one.address] : []));
  const hosts = hostsOf(cause.scope)?.filter((name) => !name.startsWith('*'));
  if (address === undefined || !hosts || hosts.length === 0) return answered('wrong-address')(making);
  return onServers(making, (server) => {
    server.hosts = { ...server.hosts, ...Object.fromEntries(hosts.map((host) => [host, address])) };
  });
};

export const ofPath: Readonly<Record<string, Maker>> = {
  'path/dropped': closed('deny'),
  'path/refused': closed('reject'),
  'path/reset': closed('reset'),
  'path/reset-after-connect': closedByName('reset'),
  'path/silent-after-connect': closedByName('deny'),
  'names/no-such-name': answered('nxdomain'),
  'names/no-answer': answered('timeout'),
  'names/proxy-finds-none': answered('nxdomain'),
  'names/wrong-address': wrongAddress,
  'link/idle': ({ site }) => {
    site.link = { ...site.link, 'idle-timeout': '2m' };
    site.cloud = { ...site.cloud, timers: { 'signalling-keep-alive': '3m' } };
    return true;
  },
  'proxy/cannot-connect': (making) =>
    closed(making.of.some(({ outcome }) => outcome === 'tcp-drop') ? 'deny' : 'reject')(making),
};
