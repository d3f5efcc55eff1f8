import { documentedHosts } from '../requirements/documented-hosts.js';
import { isAddress, rangeOf, withoutMask } from './address-range.js';
import { wrongAddress } from './address-words.js';
import { documentedWord, rowsOn } from './documented-rows.js';
import { edgeRuleLists } from './edge-firewalls.js';
import { entryMatch, entryText } from './host-entry.js';
import { matchKind } from './match/index.js';
import type { Placed } from './placed.js';
import { wrongPorts } from './port-list.js';
import { segmentSchema } from './private-access.js';
import { proxyActionOf, proxyDestinationsOf, writtenProxyRuleSchema } from './proxy-rule-schema.js';
import { destinationsOf, type Rule, type RuleAction, writtenRuleSchema } from './schema.js';
import { isServiceTag, looksLikeServiceTag, unknownTag } from './service-tags/tag-names.js';
import { hostEntry } from './values.js';
import { each, valuesAt } from './values-at.js';

type Path = readonly PropertyKey[];
type PlaceCheck = [path: Path, check: (value: unknown, path: Path) => Placed[]];

/**
 * Destinations that can mean nothing, wherever a site has some. What else is wrong with the site does not
 * matter, so that all of them are told at once: parts that are not what they should be are passed over.
 */
export function wrongDestinations(site: unknown): Placed[] {
  const places: PlaceCheck[] = [
    ...wrongInProxy(['proxy']),
    ...wrongInProxy(['proxy', 'parent']),
    [['inspection', 'only', each], wrongEntry],
    [['inspection', 'except', each], wrongEntry],
    [['inspection', 'block-page', each], wrongEntry],
    [['syn-proxy', 'resets', each], wrongEntry],
    [['resolver', 'faults', each, 'name'], wrongName],
    [['resolver', 'faults', each], wrongAnswer],
    [['resolver', 'faults', each], wrongFaultMatch],
    [['servers', each, 'resolver', 'faults', each, 'name'], wrongName],
    [['servers', each, 'resolver', 'faults', each], wrongAnswer],
    [['servers', each, 'resolver', 'faults', each], wrongFaultMatch],
    [['resolver', 'zones', each], wrongZone],
    [['cloud', 'faults', each, 'host'], wrongName],
    ...[...edgeRuleLists, ['servers', each, 'host-firewall', 'rules']].map(
      (list): PlaceCheck => [[...list, each], (rule, path) => wrongRule(site, rule, path)],
    ),
    [['firewall', 'other-answers', each], wrongEntry],
    [['firewalls', each, 'other-answers', each], wrongEntry],
    [['private-access', 'quick-access', 'segments', each], wrongSegment],
    [['private-access', 'applications', each, 'segments', each], wrongSegment],
    [['private-access', 'resources', each, 'host'], wrongEntry],
  ];
  return places.flatMap(([path, check]) =>
    valuesAt(site, path).flatMap((found) => check(found.value, found.path)),
  );
}

function wrongInProxy(proxy: Path): PlaceCheck[] {
  return [
    [[...proxy, 'address'], wrongProxy],
    [[...proxy, 'rules', each], wrongProxyRule],
    [[...proxy, 'rules', each, 'except', each], wrongEntry],
  ];
}

/** An entry of a list of hosts. */
function wrongEntry(value: unknown, path: Path): Placed[] {
  const { data: entry } = hostEntry.safeParse(value);
  if (entry === undefined) return [];
  if (typeof entry === 'string') return placed(path, wrongAddress(entry));
  const refused = matchKind(entry.match).refuses?.(entry.host);
  return [...placed([...path, 'host'], wrongMatched(entry.host)), ...placed([...path, 'match'], refused)];
}

/** What is said of how a host is compared is of no use where more than one host is meant. */
function wrongMatched(host: string): string | undefined {
  if (host !== documentedWord) return wrongAddress(host);
  return `"${documentedWord}" brings the hosts of its rows and how they match; write it alone`;
}

function placed(path: Path, message: string | undefined): Placed[] {
  return message === undefined ? [] : [{ path, message }];
}

/** Where one name is needed, `documented` would be taken for a host of that name. */
function wrongName(value: unknown, path: Path): Placed[] {
  if (value !== documentedWord) return wrongEntry(value, path);
  const message = `"${documentedWord}" stands for rows in rules and lists of hosts; name one host here`;
  return [{ path, message }];
}

function wrongProxy(value: unknown, path: Path): Placed[] {
  const [host = '', port = ''] = typeof value === 'string' ? value.split(':') : [];
  if (Number(port) > 65_535 || Number(port) < 1)
    return port === '' ? [] : [{ path, message: `there is no port ${port}; ports go from 1 to 65535` }];
  return wrongEntry(host, path);
}

/** A rule of a proxy, which compares names. */
function wrongProxyRule(value: unknown, path: Path): Placed[] {
  const { data: rule } = writtenProxyRuleSchema.safeParse(value);
  if (!rule) return [];
  const ports = wrongPorts(rule.port).map((message) => ({ path: [...path, 'port'], message }));
  const action = proxyActionOf(rule);
  const isList = Array.isArray(rule[action]);
  const wrong = proxyDestinationsOf(rule).flatMap((entry, index) => {
    const at = isList ? [...path, action, index] : [...path, action];
    if (rule.match === undefined || typeof entry !== 'string') return wrongEntry(entry, at);
    const message = wrongMatched(entry);
    if (message !== undefined) return [{ path: at, message }];
    return placed([...path, 'match'], matchKind(rule.match).refuses?.(entry));
  });
  return [...ports, ...wrong];
}

/** A fault of the resolver whose name cannot be compared so. */
function wrongFaultMatch(value: unknown, path: Path): Placed[] {
  const { name, match } = Object(value) as Record<string, unknown>;
  const { data: entry } = hostEntry.safeParse({ host: name, match });
  const refused = entry === undefined ? undefined : matchKind(entryMatch(entry)).refuses?.(entryText(entry));
  return placed([...path, 'match'], refused);
}

/** An answer of the resolver that is no address, or is never given. */
function wrongAnswer(value: unknown, path: Path): Placed[] {
  const { answer, address } = Object(value) as Record<string, unknown>;
  if (typeof address !== 'string') return [];
  const at = [...path, 'address'];
  if (answer !== 'wrong-address')
    return [{ path: at, message: `only "wrong-address" gives an address; "${answer}" gives none` }];
  if (isAddress(address)) return [];
  return [{ path: at, message: `"${address}" is not an address such as 198.18.130.9` }];
}

/** Internal zones of which the resolver could make nothing. */
function wrongZone(place: unknown, path: Path): Placed[] {
  const zone = String(path.at(-1));
  const above = zone.replace(/^\*\.?/, '');
  if (zone === documentedWord) return wrongName(zone, path);
  if (/[*/:]/.test(zone))
    return [{ path, message: `"${zone}" is no name; did you mean "${above}", with all names below it?` }];
  if (
    typeof place !== 'string' ||
    isAddress(place) ||
    (/\/\d+$/.test(withoutMask(place) ?? place) && rangeOf(place))
  )
    return [];
  return [{ path, message: `"${place}" is neither an address nor a network such as 198.18.130.0/24` }];
}

function wrongSegment(value: unknown, path: Path): Placed[] {
  const { data: segment } = segmentSchema.safeParse(value);
  if (!segment) return [];
  const at = [...path, 'to'];
  const message =
    notHost(segment.to, 'a segment', (host, port) => `to: ${host}, ports: ${port}`) ??
    wrongAddress(segment.to);
  if (message !== undefined) return [{ path: at, message }];
  return wrongPorts(segment.ports).map((words) => ({ path: [...path, 'ports'], message: words }));
}

function wrongRule(site: unknown, value: unknown, path: Path): Placed[] {
  const { data: rule } = writtenRuleSchema.safeParse(value);
  if (!rule) return [];
  const ports = wrongPorts(rule.port).map((message) => ({ path: [...path, 'port'], message }));
  if (ports.length > 0) return ports;
  const { action, entries } = destinationsOf(rule);
  return entries.flatMap((entry, index) => {
    const place = Array.isArray(rule[action]) ? [action, index] : [action];
    const own = typeof entry === 'string' ? rule : { ...rule, match: entry.match };
    const matchAt = typeof entry === 'string' ? [...path, 'match'] : [...path, ...place, 'match'];
    return wrongDestination(site, own, entryText(entry), { action, path, at: [...path, ...place], matchAt });
  });
}

type Conditions = Pick<Rule, 'port' | 'match' | 'as-of'>;

/** One destination of a rule, at a place in it. */
function wrongDestination(
  site: unknown,
  rule: Conditions,
  text: string,
  { action, path, at, matchAt }: { action: RuleAction; path: Path; at: Path; matchAt: Path },
): Placed[] {
  if (text === documentedWord) return wrongRows(site, rule, path, matchAt);
  const host = notHost(text, 'a rule', (name, port) => `${action}: ${name}, port: ${port}`);
  if (host !== undefined) return [{ path: at, message: host }];
  const contradiction = contradictionOf(rule, text);
  if (contradiction)
    return [
      {
        path: contradiction.key === 'match' ? matchAt : [...path, contradiction.key],
        message: contradiction.message,
      },
    ];
  const message = wrongAddress(text) ?? wrongTag(site, rule, text);
  return message === undefined ? [] : [{ path: at, message }];
}

/** `documented` brings hosts, ports and kinds of match of its own; ports of the rule choose among the rows. */
function wrongRows(site: unknown, rule: Conditions, path: Path, matchAt: Path): Placed[] {
  const [found] = valuesAt(site, ['cloud', 'environment']);
  const rows = documentedHosts(found?.value === 'us-government' ? 'us-government' : 'public');
  const unused = (['match', 'as-of'] as const).filter((key) => rule[key] !== undefined);
  const none = rowsOn(rows, rule.port).length === 0;
  return [
    ...unused.map((key) => ({
      path: key === 'match' ? matchAt : [...path, key],
      message: `"${documentedWord}" brings the hosts of its rows and how they match; leave ${key} out`,
    })),
    ...(none
      ? [{ path: [...path, 'port'], message: 'no documented row is on this port; they are on 80 and 443' }]
      : []),
  ];
}

/** What is wrong with a text that is more than a host: a scheme, or a port. */
function notHost(
  text: string,
  what: string,
  apart: (host: string, port: string) => string,
): string | undefined {
  const url = /^[a-z]+:\/\/([^/:]+)/i.exec(text);
  if (url) return `"${text}" is a URL; ${what} takes a host: "${url[1]}"`;
  const [, host, port] = /^([^/:]+):(\d+)$/.exec(text) ?? [];
  return host && port && `"${text}": write the port as a key of its own: "${apart(host, port)}"`;
}

/** Keys of one rule that cannot all be meant; one of them would be without effect. */
function contradictionOf(rule: Conditions, text: string): { key: string; message: string } | undefined {
  const isTag =
    rule.match === 'service-tag' || (!rule.match && (isServiceTag(text) || looksLikeServiceTag(text)));
  if (rule['as-of'] && !isTag)
    return { key: 'as-of', message: `only service tags have a date; "${text}" is none` };
  const refused = rule.match && matchKind(rule.match).refuses?.(text);
  return refused === undefined ? undefined : { key: 'match', message: refused };
}

/** Where the site brings lists along, they say which tags there are. */
function wrongTag(site: unknown, { match }: Conditions, text: string): string | undefined {
  if (valuesAt(site, ['service-tags']).length > 0) return undefined;
  if (isServiceTag(text) || (match !== 'service-tag' && !looksLikeServiceTag(text))) return undefined;
  return unknownTag(text, ['any', documentedWord]);
}
