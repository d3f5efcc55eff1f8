import type { DocumentedHost } from '../requirements/documented-host.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { withEdgeFirewalls } from './edge-firewalls.js';
import type { HostEntry } from './host-entry.js';
import { hasPort, portRanges } from './port-list.js';
import type { ProxyRule } from './proxy-rule-schema.js';
import type { ParentProxy } from './proxy-schema.js';
import { conditionsInWords, type RuleConditions } from './rule-words.js';
import { type Rule, ruleActions, type Site } from './schema.js';

/** In a rule or a list of hosts: the rows of the requirements page for the site's cloud. */
export const documentedWord = 'documented';

/** How names of the rules end that stand in the place of one about `documented`. */
const mark = ` (${documentedWord})`;

/** The site with rows in the place of `documented`, so that nothing else has to know the word. */
export function withDocumentedRows(site: Site): Site {
  const rows = hostsAskedOf(site);
  const hosts = (list: readonly HostEntry[]) => list.flatMap((one) => hostsFor(one, rows));
  const rules = (list: readonly Rule[]) => list.flatMap((rule) => rulesFor(rule, rows));
  const lists = <P extends ParentProxy>(of: P): P => ({
    ...of,
    rules: of.rules
      .map((rule) => (rule.except.length > 0 ? { ...rule, except: hosts(rule.except) } : rule))
      .flatMap((rule) => rulesFor(rule, rows)),
  });
  const { proxy, inspection, 'syn-proxy': synProxy } = site;
  return {
    ...withEdgeFirewalls(site, (one) => ({
      ...one,
      rules: rules(one.rules),
      'other-answers': hosts(one['other-answers']),
    })),
    servers: site.servers.map((server) => {
      const own = server['host-firewall'];
      return { ...server, 'host-firewall': { ...own, rules: rules(own.rules) } };
    }),
    ...(proxy && {
      proxy: { ...lists(proxy), ...(proxy.parent && { parent: lists(proxy.parent) }) },
    }),
    ...(inspection && {
      inspection: {
        ...inspection,
        ...(inspection.only && { only: hosts(inspection.only) }),
        except: hosts(inspection.except),
        'block-page': hosts(inspection['block-page']),
      },
    }),
    ...(synProxy && { 'syn-proxy': { resets: hosts(synProxy.resets) } }),
  };
}

/** A rule of a firewall or of a proxy. */
export type NumberedRule = Pick<Rule, 'name' | 'port' | 'account' | 'from'> &
  Partial<Record<(typeof allActions)[number], string>> &
  Pick<Partial<Rule & ProxyRule>, 'protocol' | 'method' | 'except'>;
const allActions = [...ruleActions, 'ask'] as const;

/** Whether a rule stands in the place of one about `documented`; those of one place have the same key. */
export function placeOfRow({ name, port, ...rule }: NumberedRule): string | undefined {
  if (!name?.endsWith(mark)) return undefined;
  const { account, from } = rule;
  const action = allActions.find((one) => rule[one] !== undefined) ?? 'deny';
  const row = wordsOf(rule[action] ?? '', { ...rule, port, unclear: undefined });
  return `${name.slice(0, -mark.length - row.length)} ${action} ${account} ${from}`;
}

/** Ports of rows that a rule about `documented` leaves, where it names ports of its own. */
export function rowsOn(rows: readonly DocumentedHost[], port: Rule['port']): readonly DocumentedHost[] {
  return port === 'any' ? rows : rows.filter((row) => hasPort(portRanges(port), row.port));
}

function rulesFor<R extends NumberedRule>(rule: R, rows: readonly DocumentedHost[]): readonly R[] {
  const action = allActions.find((one) => rule[one] === documentedWord);
  if (!action) return [rule];
  const begin = rule.name === undefined ? `${action} ` : `${rule.name}: `;
  return rowsOn(rows, rule.port).map((row) => ({
    ...rule,
    [action]: row.rule,
    port: row.port,
    name: `${begin}${wordsOf(row.rule, { ...rule, port: row.port, unclear: undefined })}${mark}`,
  }));
}

function wordsOf(host: string, conditions: RuleConditions): string {
  return `${host}${conditionsInWords(conditions)}`;
}

function hostsFor(entry: HostEntry, rows: readonly DocumentedHost[]): readonly HostEntry[] {
  return entry === documentedWord ? [...new Set(rows.map(({ rule }) => rule))] : [entry];
}
