import { rangeOf } from '../../site/address-range.js';
import { bySource, isPorts } from '../condition.js';
import type { ImportOptions } from '../importer.js';
import type { WindowsRule } from './rule.js';

/** What a rule is about; undefined parts: all. */
export interface Meaning {
  ports?: string[];
  to?: string[];
  account?: 'network-service' | 'local-system';
  unclear: string[];
}

/** Words, and what is about other directions than out. */
const notAsked = new Set([
  ...['action', 'dir', 'active', 'name', 'desc', 'embedctxt', 'edge', 'defer', 'lsm', 'policy', 'skipver'],
  ...['icmp4', 'icmp6', 'nnm'],
]);
const services: Readonly<Record<string, Meaning['account']>> = {
  wapcsvc: 'network-service',
  wapcupdatersvc: 'local-system',
};
/** Services that may do a connector's work: revocation lists, PAC files; `*` are all. */
const shared = new Set(['*', 'cryptsvc', 'winhttpautoproxysvc']);
const programs: Readonly<Record<string, Meaning['account']>> = {
  'applicationproxyconnectorservice.exe': 'network-service',
  'applicationproxyconnectorupdaterservice.exe': 'local-system',
};
/** Well-known accounts, as a list of who may: `D:(A;;CC;;;S-1-5-20)`. */
const users: Readonly<Record<string, Meaning['account']>> = {
  ...{ 'S-1-5-20': 'network-service', NS: 'network-service' },
  ...{ 'S-1-5-18': 'local-system', SY: 'local-system' },
};

/** Of one field: what it asks, `never`, or undefined where nobody can say. */
type Part = Omit<Meaning, 'unclear'> | 'never' | undefined;

const portList = (values: readonly string[]): Part => {
  const ports = values.flatMap((one) => one.split(',')).map((one) => one.trim());
  return ports.every(isPorts) ? { ports } : undefined;
};

const readers: Readonly<Record<string, (values: readonly string[], given: ImportOptions) => Part>> = {
  // 256 is every protocol.
  protocol: ([value = '']) =>
    value === '6' ? {} : value === '256' ? {} : /^\d+$/.test(value) ? 'never' : undefined,
  profile: (values) => (new Set(values.map((one) => one.toLowerCase())).size === 3 ? {} : undefined),
  la4: (values, { serverAddress }) => {
    const part = bySource(serverAddress, values, false);
    return part && (part.never ? 'never' : {});
  },
  svc: ([value = '']) => {
    const name = value.toLowerCase();
    const account = services[name];
    return account ? { account } : shared.has(name) ? undefined : 'never';
  },
  app: ([value = '']) => {
    const account = programs[value.toLowerCase().replace(/^.*[\\/]/, '')];
    return account && { account };
  },
  // The connector is no app of the store.
  apppkgid: () => 'never',
  luauth: ([value = '']) => {
    const [, who = ''] = /^(?:O:\w+)?(?:G:\w+)?D:(?:\w*)\(A;;CC;;;([\w-]+)\)$/.exec(value) ?? [];
    const account = users[who];
    return account && { account };
  },
};

/** What a rule is about; undefined: no connection of a connector over IPv4. */
export function meaningOf({ fields, unclear }: WindowsRule, given: ImportOptions): Meaning | undefined {
  const meaning: Meaning = { unclear: unclear === undefined ? [] : [unclear] };
  for (const [name, values] of fields) {
    if (notAsked.has(name) || /^(ra|rport)/.test(name)) continue;
    if (name === 'app' && isByService(fields)) continue;
    if (name.startsWith('platform') && isNewer(fields)) continue;
    const part = readers[name]?.(values, given);
    if (part === 'never') return undefined;
    if (!part) meaning.unclear.push(`${name}=${values.join(', ')}`);
    else if (part.account && meaning.account && part.account !== meaning.account) return undefined;
    else Object.assign(meaning, part);
  }
  const ports = [...fields].flatMap(([name, values]) => (name.startsWith('rport') ? values : []));
  const named = ports.length === 0 ? {} : portList(ports);
  if (named === undefined) meaning.unclear.push(`rport=${ports.join(', ')}`);
  return remote(fields, { ...meaning, ...(named as object) });
}

/** Of versions from 6.2 on or earlier ones: Server 2012 has that, and the connector needs newer ones. */
function isNewer(fields: WindowsRule['fields']): boolean {
  return (
    /^2:6:[0-2]$/.test(fields.get('platform')?.join() ?? '') && fields.get('platform2')?.join() === 'GTEQ'
  );
}

/** Of a service Windows starts the program, which it may share with others. */
function isByService(fields: WindowsRule['fields']): boolean {
  return services[fields.get('svc')?.[0]?.toLowerCase() ?? ''] !== undefined;
}

/** `RA4`, `RA6`, and words for networks, which have fields of their own since version 2.10: `RA42`. */
function remote(fields: WindowsRule['fields'], meaning: Meaning): Meaning {
  const all = [...fields].flatMap(([name, values]) => (/^ra[46]/.test(name) ? values : []));
  const places = all.flatMap((one) => one.split(',')).map((one) => one.trim());
  if (places.length === 0 || places.some((one) => /^(any|\*)$/i.test(one))) return meaning;
  const words = places.filter((one) => rangeOf(one) === undefined);
  if (words.length === 0) return { ...meaning, to: places };
  return {
    ...meaning,
    unclear: [...meaning.unclear, `remote address ${[...new Set(words)].join(', ')}`],
  };
}
