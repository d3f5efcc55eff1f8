import type { HostEntry } from '../site/host-entry.js';
import { hasPort, portRanges } from '../site/port-list.js';
import { ByHosts } from './by-hosts.js';
import { remembered } from './remembered.js';

/** What a device decides about that goes through the lists of a site. */
export interface Request {
  host: string;
  port: number;
  /** How a proxy is asked: for a tunnel, or for a page in the clear. A tunnel, where absent. */
  method?: 'connect' | 'plain';
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
  const { host, port, method = 'connect' } = request;
  const byHosts = remembered(indexes, rules, () => new ByHosts(rules, ({ hosts }) => hosts));
  const deciding = byHosts.first(
    host,
    (rule) =>
      (rule.method ?? method) === method && (rule.ports ? hasPort(portRanges(rule.ports), port) : true),
  );
  if (!deciding) throw new Error(`no rule is about ${host} port ${port}`);
  return decidedBy(deciding.entry as ListRule<Action>, request);
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

function decidedBy<Action extends string>(rule: ListRule<Action>, request: Request): ListDecision<Action> {
  return { action: rule.action, rule: rule.name, explanation: rule.explanation(request) };
}
