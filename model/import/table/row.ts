import { inRange, rangeOf } from '../../site/address-range.js';
import type { ruleActions } from '../../site/rule-schema.js';
import type { ImportedRule, ImportOptions } from '../importer.js';
import type { Column } from './column.js';
import { portsOf } from './ports.js';
import { doubtOfTicket } from './status.js';
import { isTickColumn, portsOfTicks, tickOf } from './ticks.js';
import { actionOf, agreementOf, anything, forceOf, hostsOf, isEmpty, plain, portIn } from './words.js';

type Action = (typeof ruleActions)[number];

/** What is known of a table besides a row. */
export interface TableFacts extends ImportOptions {
  columns: readonly Column[];
  /** Senders that the table names, without those who are anybody. */
  senders: ReadonlySet<string>;
  /** What rows without an action do; undefined: nobody knows. */
  otherwise: Action | undefined;
  /** What this row may say by cells of its neighbours that may be over it, too: none, where the table has none. */
  shared: { ports: readonly Ports[]; actions: readonly (Action | 'unknown')[] };
  /** Where rules stand that have a direction, without those to the internet. */
  interfaces: ReadonlySet<string>;
  /** Tickets that are closed were carried out. */
  isClosedDone: boolean;
  /** A ballot box with a cross is a yes. */
  isCrossYes: boolean;
  /** No row stands behind it. */
  isLast: boolean;
}

type Ports = NonNullable<ReturnType<typeof portsOf>>;

/** What a row says: rules, those that it may be for all that is known, and why. */
export interface RowMeaning {
  rules: ImportedRule[];
  mayBe: ImportedRule[];
  why?: string;
}

/** It is about what no connector does, or is not in force. */
const nothing: RowMeaning = { rules: [], mayBe: [] };

export function meaningOf(cells: readonly string[], facts: TableFacts): RowMeaning {
  const { columns } = facts;
  const all = (column: Column) =>
    cells.filter((cell, index) => columns[index] === column && !isEmpty(cell)).map((cell) => cell.trim());
  const of = (column: Column) => all(column).join(' ');
  // As the console of PAN-OS writes it before a rule's name.
  if (cells.some((cell) => /^\[disabled\]/i.test(cell.trim()))) return nothing;
  const { ticked, closed, odd } = ticksOf(cells, facts);
  const hasTicks = columns.some(isTickColumn);
  const told = [portsTold(cells, columns), ...ticked].filter((one) => one !== '').join(', ');
  const ports = told === '' ? undefined : portsOf(told);
  if (isOtherProtocol(of('protocol')) || isFromOutside(of('direction'), of('interface'))) return nothing;
  if (Array.isArray(ports) && ports.length === 0) return nothing;
  if (told === '' && of('udp') !== '') return nothing;
  const doubts = odd.map((one) => `"${one}" neither ticks a port nor leaves it`);
  for (const one of conditionsOf(all, facts)) {
    if (one === 'never') return nothing;
    if (one !== undefined) doubts.push(one);
  }
  const { hosts, texts } = hostsOf(withoutAny(all('hosts')).join(' '));
  const isAllHosts = hosts.length > 0 && hosts.length === texts.length;
  const word = of('action');
  const isDenied = agreementOf(of('deny'));
  const action =
    word === '' && isDenied !== undefined
      ? isDenied
        ? 'deny'
        : 'allow'
      : word === ''
        ? all('open or closed').some((one) => agreementOf(one) !== false)
          ? undefined
          : (facts.otherwise ?? (isOnlyAllowed(facts.shared.actions) ? 'allow' : undefined))
        : actionIn(word);
  const whys = [
    ...(isAllHosts ? [] : ['no host, domain or address is in it']),
    ...(told !== '' && ports === undefined ? [`"${told}" is no port`] : []),
    ...(action
      ? []
      : [
          word !== ''
            ? `"${word}" is neither allow nor deny`
            : of('open or closed') !== ''
              ? `"${of('open or closed')}": not known whether that is a port or a ticket`
              : 'it does not say whether it allows or denies',
        ]),
    ...doubts,
  ];
  const to = isAllHosts
    ? hosts.includes('any')
      ? 'any'
      : hosts.length === 1
        ? (hosts[0] ?? 'any')
        : hosts
    : 'any';
  const rules = (does: Action): ImportedRule[] => {
    if (told !== '' || !isAllHosts || to === 'any') return [{ [does]: to, ...(ports && { port: ports }) }];
    return [...byOwnPort(texts, hosts)].map(([port, named]) => ({
      [does]: named.length === 1 ? named[0] : named,
      ...(port !== undefined && { port: [port] }),
    }));
  };
  if (whys.length > 0) {
    // Nothing but a heading of the rows below it.
    const isHeading = hosts.length === 0 && told === '' && word === '';
    const mayBe = action ? [action] : (['deny', 'allow'] as const);
    return { rules: [], mayBe: isHeading ? [] : mayBe.flatMap(rules), why: whys.slice(0, 3).join('; ') };
  }
  const own = [
    ...(told === '' && closed.length > 0 ? [] : rules(action as Action)),
    ...(closed.length > 0 ? [{ deny: to, port: closed }] : []),
  ];
  // Of ports that are columns none is meant where none is ticked, and the host names none itself.
  if (hasTicks && told === '') return { rules: own.filter(({ port }) => port !== undefined), mayBe: [] };
  // What closes all that is left says so by an empty cell.
  const isRest = to === 'any' && action !== 'allow' && facts.isLast;
  const isShared =
    told === '' && !isRest && facts.shared.ports.length > 0 && own.every(({ port }) => port === undefined);
  if (!isShared || facts.shared.ports.every((one) => one === 'any')) return { rules: own, mayBe: [] };
  // A cell over several rows is written in one of them, and which they are is often not to be told.
  const certain = inAll(facts.shared.ports);
  const why = 'no port is in it: it may be about those of a row beside it, or about all';
  return {
    rules: certain.length === 0 ? [] : own.map((rule) => ({ ...rule, port: certain })),
    mayBe: own,
    why,
  };
}

/** What a row says of ports in words, not by ticks. */
export function portsTold(cells: readonly string[], columns: readonly Column[]): string {
  const of = (column: Column) =>
    cells
      .filter((cell, index) => columns[index] === column && !isEmpty(cell))
      .map((cell) => cell.trim())
      .join(' ');
  return of('ports') || portsInProtocol(of('protocol'));
}

/** Ports that several ways of reading have in common. */
function inAll(several: readonly Ports[]): (number | string)[] {
  const lists = several.flatMap((one) => (one === 'any' ? [] : [one]));
  const [first = [], ...others] = lists;
  return first.filter((port) => others.every((one) => one.includes(port)));
}

function isOnlyAllowed(actions: TableFacts['shared']['actions']): boolean {
  return actions.length > 0 && actions.every((one) => one === 'allow');
}

/** A column of actions says of a port that it is open, in any language. */
function actionIn(word: string): Action | undefined {
  const told = actionOf(word);
  if (told !== undefined) return told;
  const tick = tickOf(word, '', false);
  return tick === true ? 'allow' : tick === 'closed' ? 'deny' : undefined;
}

/** Ports of columns whose cells tick them, those that are closed, and cells of which nobody knows. */
function ticksOf(
  cells: readonly string[],
  { columns, isCrossYes }: TableFacts,
): { ticked: string[]; closed: (number | string)[]; odd: string[] } {
  const found = { ticked: [] as string[], closed: [] as (number | string)[], odd: [] as string[] };
  for (const [index, column] of columns.entries()) {
    if (!isTickColumn(column)) continue;
    const ports = portsOfTicks(column);
    const cell = cells[index] ?? '';
    const tick = tickOf(cell, ports, isCrossYes);
    if (tick === undefined) found.odd.push(cell.trim());
    if (tick === true || tick === undefined) found.ticked.push(ports);
    const own = portsOf(ports);
    if (tick === 'closed' && Array.isArray(own)) found.closed.push(...own);
  }
  return found;
}

/** Columns of hosts beside each other are of one destination: what one leaves open the other says. */
function withoutAny(cells: readonly string[]): readonly string[] {
  const named = cells.filter((cell) => !anything.has(cell.toLowerCase()));
  return named.length > 0 ? named : cells;
}

/** Hosts by the ports that they name themselves. */
function byOwnPort(texts: readonly string[], hosts: readonly string[]): Map<number | undefined, string[]> {
  const groups = new Map<number | undefined, string[]>();
  for (const [index, host] of hosts.entries()) {
    const port = portIn(texts[index] ?? '');
    groups.set(port, [...(groups.get(port) ?? []), host]);
  }
  return groups;
}

/** `HTTPS`, `TCP 443`: a protocol that says which ports. */
function portsInProtocol(text: string): string {
  return /\d{2}|https?|www|tls|ssl/i.test(text) && portsOf(text) !== undefined ? text : '';
}

function isOtherProtocol(text: string): boolean {
  const told = plain(text).split(' ');
  return (
    told.some((one) => /^(udp|icmp\w*|esp|gre|ah|sctp|quic|17|1|47|50)$/.test(one)) &&
    !told.some((one) => /^(tcp|any|all|ip|https?|6)$/.test(one))
  );
}

/** Into an interface inside comes what goes out, as pfSense and OPNsense say it. */
function isFromOutside(direction: string, by: string): boolean {
  const isIn = isInbound(direction);
  if (by === '') return isIn;
  const isOutside = /^(?:wan|internet|outside|untrust|extern)/i.test(by);
  return direction !== '' && isIn === isOutside && (isIn || isOutbound(direction));
}

function isOutbound(text: string): boolean {
  return /^(?:out|outbound|outgoing|egress|ausgehend|ausgang|aus|sortant|saliente|salida|sortie)$/.test(
    plain(text),
  );
}

function isInbound(text: string): boolean {
  return /^(in|inbound|incoming|ingress|eingehend|eingang|ein|entrant|entrante|entrada|entree)$/.test(
    plain(text),
  );
}

/** What else a row asks for: `never` where it is not met, words where nobody can say. */
function* conditionsOf(
  all: (column: Column) => string[],
  { serverAddress, senders, comesBy, goesBy, isClosedDone, interfaces }: TableFacts,
): Generator<string | undefined> {
  const isAny = (text: string) => anything.has(text.toLowerCase());
  for (const told of all('state')) {
    const isOn = agreementOf(told) ?? forceOf(told);
    yield isOn === undefined ? `"${told}": not known whether it is in force` : isOn ? undefined : 'never';
  }
  for (const told of all('ticket')) yield doubtOfTicket(told, isClosedDone);
  for (const told of all('off'))
    yield agreementOf(told) === true || forceOf(told) === false ? 'never' : undefined;
  const [by] = all('interface');
  if (
    by !== undefined &&
    all('direction').length > 0 &&
    !isAny(by) &&
    comesBy !== undefined &&
    isInbound(all('direction').join(' '))
  )
    yield by === comesBy ? undefined : 'never';
  else if (interfaces.size > 1 && by !== undefined && all('direction').length > 0)
    yield `at ${by}: say by which the server's connections come (--comes-by)`;
  yield ofSender(all('source').join(' '), senders, serverAddress);
  const ways = [
    ['comes-by', comesBy, '--comes-by'],
    ['goes-by', goesBy, '--goes-by'],
  ] as const;
  for (const [column, known, option] of ways) {
    const named = all(column).flatMap((one) => one.split(/[\s,;]+/));
    if (named.length === 0 || named.some(isAny)) continue;
    if (known === undefined)
      yield `by ${named.join(', ')}: say by which the server's connections pass (${option})`;
    else yield named.includes(known) ? undefined : 'never';
  }
  for (const told of all('condition'))
    if (
      !isAny(told) &&
      agreementOf(told) !== false &&
      !/^(always|never|immer|permanent|dauerhaft|unlimited|unbegrenzt|unbefristet)$/i.test(told)
    )
      yield `"${told}": not known whether it is met`;
}

/** By addresses, of which a server is one or not; by names where the table has several. */
function ofSender(
  text: string,
  senders: ReadonlySet<string>,
  serverAddress: string | undefined,
): string | undefined {
  const { hosts, texts } = hostsOf(text);
  if (texts.length === 0 || hosts.includes('any')) return undefined;
  const ranges = texts.flatMap((one) => rangeOf(one) ?? []);
  if (serverAddress !== undefined && ranges.some((range) => inRange(serverAddress, range))) return undefined;
  if (serverAddress !== undefined && ranges.length === texts.length) return 'never';
  if (serverAddress === undefined && senders.size <= 1) return undefined;
  return `for sources ${text.slice(0, 80)}: say which is the server's (--server-address)`;
}
