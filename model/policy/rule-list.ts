import type { Account } from '../evidence/vocabulary.js';
import type { HostEntry } from '../site/host-entry.js';
import { hasPort, portRanges } from '../site/port-list.js';
import { ByHosts, firstCovering } from './by-hosts.js';
import { covers } from './match-host.js';
import { remembered } from './remembered.js';

/** What a device decides about that goes through the lists of a site. */
export interface Request {
  host: string;
  port: number;
  /** How a proxy is asked: for a tunnel, or for a page in the clear. A tunnel, where absent. */
  method?: 'connect' | 'plain';
  /** The Windows account that asks, where the device is told. */
  account?: Account | undefined;
  /** The machine that asks, where rules are about machines. */
  machine?: string;
}

/** A list of a site, or one entry of it, as a rule of a device. */
export interface ListRule<Action extends string> {
  action: Action;
  /** By which evidence calls it. */
  name: string;
  /** One of them has to cover the host; absent: any host. */
  hosts?: readonly HostEntry[];
  /** Absent: any port. */
  ports?: readonly (number | string)[];
  /** Absent: however it is asked. */
  method?: 'connect' | 'plain';
  /** None of them may cover the host. */
  except?: readonly HostEntry[];
  /** Absent: whoever asks. */
  account?: Account;
  /** Absent: wherever it comes from. */
  from?: readonly string[];
  /** A condition of which nobody knows whether it is met: the rule decides nothing. */
  unclear?: string;
  /** Why, in words, it decides as it does. */
  explanation(request: Request): string;
}

export interface ListDecision<Action extends string> {
  action: Action;
  rule: string;
  explanation: string;
}

const indexes = new WeakMap<readonly ListRule<string>[], ByHosts<ListRule<string>>>();

/** The first rule that fits decides; a list ends with one that fits everything. */
export function decideByList<Action extends string>(
  rules: readonly ListRule<Action>[],
  request: Request,
): ListDecision<Action> {
  const { host, port } = request;
  const deciding = firstOfList(rules, request, ({ unclear }) => unclear === undefined);
  if (!deciding) throw new Error(`no rule is about ${host} port ${port}`);
  return decidedBy(deciding.rule, request);
}

/** The first rule that is about a request and is asked. */
export function firstOfList<Rule extends ListRule<string>>(
  rules: readonly Rule[],
  request: Request,
  isAsked: (rule: Rule) => boolean,
): { rule: Rule; index: number } | undefined {
  const byHosts = remembered(indexes, rules, () => new ByHosts(rules, ({ hosts }) => hosts));
  const found = byHosts.first(
    request.host,
    (rule) => isAsked(rule as Rule) && concerns(rule, request) && !isExcept(rule, request),
  );
  return found && { rule: found.entry as Rule, index: found.index };
}

/** Whether a rule is about a request, whatever stands before it. */
export function isAbout(rule: ListRule<string>, request: Request): boolean {
  const { hosts } = rule;
  const isHost = hosts === undefined || hosts.some((entry) => covers(entry, request.host));
  return isHost && concerns(rule, request) && !isExcept(rule, request);
}

/** Whether a rule is about what is asked and who asks, wherever that goes. */
export function concerns(rule: ListRule<string>, request: Request): boolean {
  const { port, method = 'connect', account, machine } = request;
  return (
    (rule.method ?? method) === method &&
    (rule.account ?? account) === account &&
    (rule.from === undefined || (machine !== undefined && rule.from.includes(machine))) &&
    (rule.ports === undefined || hasPort(portRanges(rule.ports), port))
  );
}

export function isExcept({ except = [] }: ListRule<string>, { host }: Request): boolean {
  return firstCovering(except, host, (one) => one) !== undefined;
}

/** What it means that the rule of a name decided; undefined: there is none. */
export function explainByList<Action extends string>(
  rules: readonly ListRule<Action>[],
  name: string,
  request: Request,
): ListDecision<Action> | undefined {
  const deciding = rules.find((rule) => rule.name === name);
  return deciding && decidedBy(deciding, request);
}

export function decidedBy<Action extends string>(
  rule: ListRule<Action>,
  request: Request,
): ListDecision<Action> {
  return { action: rule.action, rule: rule.name, explanation: rule.explanation(request) };
}
