import { inRange, rangeContains, rangeOf } from '../../site/address-range.js';
import type { HostEntry } from '../../site/host-entry.js';
import { isPorts, otherPorts } from '../condition.js';
import type { ImportOptions, SourceFile } from '../importer.js';
import { anyOf, type Expression, expressionOf } from './expression.js';
import { ofDomain } from './host-patterns.js';
import { type Directive, filesOf, valuesIn } from './read-lines.js';

/** What a request has to be for an acl to be met: one of several, where there are several. */
export interface Part {
  hosts?: HostEntry[];
  except?: HostEntry[];
  ports?: string[];
  method?: 'connect' | 'plain';
  /** Who sends it is asked first. */
  asks?: boolean;
  /** What of it nobody can say. */
  unclear?: string;
}

/** All acl lines of one name. */
export interface Acl {
  name: string;
  type: string;
  values: string[];
  ignoresCase: boolean;
  /** Why more values than these may be meant. */
  unknown: string | undefined;
  /** Why these values may not be meant. */
  doubt?: string;
}

export const always: Part[] = [{}];
export const never: Part[] = [];

/** Lists that squid has without being told. */
const builtIn: readonly Acl[] = [
  ['all', 'src', '0.0.0.0/0'],
  ['localhost', 'src', '127.0.0.1/32', '::1'],
  ['to_localhost', 'dst', '127.0.0.0/8', '0.0.0.0/32', '::1'],
  ['to_linklocal', 'dst', '169.254.0.0/16', 'fe80::/10'],
  ['manager', 'manager'],
  ['CONNECT', 'method', 'CONNECT'],
].map(([name = '', type = '', ...values]) => ({
  name,
  type,
  values,
  ignoresCase: false,
  unknown: undefined,
}));

/** Networks in which nothing of the internet is. */
const insideOnly = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '0.0.0.0/8'],
  ...['100.64.0.0/10', '192.0.0.0/24', '192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/3', '::1', 'fc00::/7', 'fe80::/10', 'ff00::/8', '2001:db8::/32'],
].flatMap((one) => rangeOf(one) ?? []);

/** Lists of a squid.conf by their names. */
export function aclsOf(directives: readonly Directive[], parts: readonly SourceFile[]): Map<string, Acl> {
  const acls = new Map(builtIn.map((acl) => [acl.name, { ...acl, values: [...acl.values] }]));
  const own = new Set<string>();
  for (const { name, words, doubt } of directives) {
    if (name !== 'acl') continue;
    const [called, type, ...others] = words;
    if (!called || !type) continue;
    // What a file says of a list that is built in counts alone, as older versions need it.
    const known = own.has(called.text) || called.text === 'all' ? acls.get(called.text) : undefined;
    own.add(called.text);
    const acl: Acl = known ?? {
      name: called.text,
      type: type.text.toLowerCase(),
      values: [],
      ignoresCase: false,
      unknown: undefined,
    };
    acls.set(called.text, acl);
    if (type.text.toLowerCase() !== acl.type) acl.doubt = 'lines of several types';
    if (doubt !== undefined) acl.doubt = doubt;
    for (const word of others) {
      if (!word.isQuoted) {
        if (word.text === '-i') acl.ignoresCase = true;
        else if (word.text === '+i') acl.doubt = '+i';
        else if (!/^-[a-z]$|^--/.test(word.text)) acl.values.push(word.text);
        continue;
      }
      const given = filesOf(word.text, parts);
      if (given.length === 0) acl.unknown = `the content of "${word.text}"`;
      for (const file of given) acl.values.push(...valuesIn(file));
    }
  }
  return acls;
}

/** What a list asks for, as alternatives; none: it is never met by a connector. */
export function partsOfAcl(acl: Acl, negated: boolean, given: ImportOptions): Part[] {
  const unclear = (): Part[] => [{ unclear: `${negated ? 'not ' : ''}${inWords(acl)}` }];
  const known = knownParts(acl, negated, given);
  if (known === undefined || acl.doubt !== undefined) return unclear();
  if (isWidened(acl))
    return [
      {
        unclear: `${negated ? 'not ' : ''}${inWords(acl)}: a network after a part of it, which squid 5 ignores`,
      },
    ];
  if (acl.unknown === undefined) return known;
  const more = `${negated ? 'not ' : ''}${inWords(acl)}: ${acl.unknown}`;
  // More values make it true more often, and what it is not less often.
  return negated ? known.map((part) => ({ ...part, unclear: more })) : [...known, { unclear: more }];
}

function inWords({ name, type, values }: Acl): string {
  if (type === 'src') return `acl ${name} src (--server-address says whether it is met)`;
  return type === 'time' ? `acl ${name} ${type} ${values.join(' ')}` : `acl ${name} ${type}`;
}

function knownParts(acl: Acl, negated: boolean, given: ImportOptions): Part[] | undefined {
  const { type, values, ignoresCase } = acl;
  if (type === 'dstdomain')
    return ofHosts(
      values.flatMap((one) => ofDomain(one) ?? []),
      negated,
    );
  if (type === 'dstdom_regex')
    return ofExpressions(
      values.map((one) => expressionOf(one, ignoresCase)),
      negated,
      `${negated ? 'not ' : ''}${inWords(acl)}: an expression that no kind of match says`,
    );
  if (type === 'port') return ofPorts(values, negated);
  if (type === 'method') return ofMethods(values, negated);
  if (type === 'manager') return negated ? always : never;
  if (type === 'src') return ofSource(values, negated, given);
  if (type === 'dst') return ofDestination(values, negated);
  if (type === 'proxy_auth') return ofAuthentication(values, negated);
  return undefined;
}

function ofHosts(hosts: HostEntry[], negated: boolean): Part[] {
  if (hosts.length === 0) return negated ? always : never;
  return [negated ? { except: hosts } : { hosts }];
}

/** Of the names that they may take nobody knows; others are taken, or are not. */
function ofExpressions(all: readonly Expression[], negated: boolean, unclear: string): Part[] | undefined {
  const { hosts, perhaps } = anyOf(all);
  if (perhaps.length === 0) return ofHosts(hosts, negated);
  const doubtful = perhaps === 'any' ? {} : { hosts: perhaps };
  if (!negated) return [...ofHosts(hosts, false), { ...doubtful, unclear }];
  const beside = perhaps === 'any' ? never : ofHosts([...hosts, ...perhaps], true);
  return [...beside, { ...doubtful, ...(hosts.length > 0 && { except: hosts }), unclear }];
}

function ofPorts(values: readonly string[], negated: boolean): Part[] | undefined {
  const ports = values.map((one) => (one === '0-65535' ? '1-65535' : one));
  if (!ports.every(isPorts)) return undefined;
  const meant = negated ? otherPorts(ports) : ports;
  return meant.length === 0 ? never : [{ ports: meant }];
}

/** Connectors ask for tunnels, and fetch in the clear by GET; OCSP may be asked by POST. */
function ofMethods(values: readonly string[], negated: boolean): Part[] | undefined {
  const methods = new Set(values.map((one) => one.toUpperCase()));
  if (methods.has('GET') !== methods.has('POST')) return undefined;
  const parts: Part[] = [
    ...(methods.has('CONNECT') !== negated ? [{ method: 'connect' as const }] : []),
    ...(methods.has('GET') !== negated ? [{ method: 'plain' as const }] : []),
  ];
  return parts.length === 2 ? always : parts;
}

function ofSource(
  values: readonly string[],
  negated: boolean,
  { serverAddress }: ImportOptions,
): Part[] | undefined {
  if (values.some(isAll)) return negated ? never : always;
  const ranges = values.map((one) => rangeOf(one));
  const known = ranges.flatMap((range) => range ?? []);
  const isMet = serverAddress !== undefined && known.some((range) => inRange(serverAddress, range));
  if (isMet) return negated ? never : always;
  // The proxy itself is no server with a connector.
  const isOnlySelf = values.every((one) => /^(127\.|::1)/.test(one));
  if (!isOnlySelf && (serverAddress === undefined || known.length < ranges.length)) return undefined;
  return negated ? always : never;
}

/** Whether a network holds one that stands before it: squid 5 warns that it ignores the wider one. */
function isWidened({ type, values }: Acl): boolean {
  if (type !== 'src' && type !== 'dst') return false;
  const ranges = values.flatMap((one) => rangeOf(isAll(one) ? '0.0.0.0/0' : one) ?? []);
  return ranges.some((wide, at) =>
    ranges.slice(0, at).some((part) => rangeContains(wide, part) && !rangeContains(part, wide)),
  );
}

/** Nothing that connectors ask a proxy for is inside; where the rest is, nobody can say. */
function ofDestination(values: readonly string[], negated: boolean): Part[] | undefined {
  if (values.some(isAll)) return negated ? never : always;
  const isInside = values.every((one) => {
    const range = rangeOf(one);
    return range !== undefined && insideOnly.some((inside) => rangeContains(inside, range));
  });
  if (!isInside) return undefined;
  return negated ? always : never;
}

/** Who sends nothing is asked, whatever the rest of the line says; who is known may be somebody else. */
function ofAuthentication(values: readonly string[], negated: boolean): Part[] {
  const isAnybody = values.includes('REQUIRED');
  if (negated) return [{ asks: true, ...(isAnybody ? { hosts: [] } : { unclear: 'other users' }) }];
  return [{ asks: true, ...(!isAnybody && { unclear: 'some users' }) }];
}

function isAll(value: string): boolean {
  return /^(all|0\.0\.0\.0\/(0|0\.0\.0\.0)|::\/0)$/i.test(value);
}
