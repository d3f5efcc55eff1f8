import type { Account } from '../../evidence/vocabulary.js';
import { ruleName } from '../../policy/rule-name.js';
import type { DocumentedHost } from '../../requirements/documented-host.js';
import { type Firewall, type Rule, type RuleAction, ruleSchema, type Site } from '../../site/schema.js';
import type { Change } from '../change.js';

type Ports = Rule['port'];

interface DenyOptions {
  port?: Ports;
  /** What the firewall does instead of letting through; `deny` is silence. */
  action?: Exclude<RuleAction, 'allow'>;
}

/** A rule before all others at the edge. */
export function edgeRule(rule: Partial<Rule>): Change {
  return ruleFirst('edge-firewall', ruleSchema.parse(rule), (site, rules) => ({
    ...site,
    firewall: { ...site.firewall, rules: rules(site.firewall.rules) },
  }));
}

/** A rule before all others on every server's own firewall. */
export function hostRule(rule: Partial<Rule>): Change {
  return ruleFirst('host-firewall', ruleSchema.parse(rule), (site, rules) => ({
    ...site,
    servers: site.servers.map((server) => ({
      ...server,
      'host-firewall': { ...server['host-firewall'], rules: rules(server['host-firewall'].rules) },
    })),
  }));
}

function ruleFirst(
  device: 'edge-firewall' | 'host-firewall',
  rule: Rule,
  put: (site: Site, rules: (before: readonly Rule[]) => Rule[]) => Site,
): Change {
  const name = ruleName(rule);
  return {
    describe: `${device}: ${name}`,
    apply: (site) => put(site, (before) => [rule, ...before]),
    exercised: [{ kind: 'decision', device, rule: name }],
  };
}

/** The edge blocks a host (`*.x` with all below it), whatever comes after in its rules. */
export function denyHost(host: string, { port, action = 'deny' }: DenyOptions = {}): Change {
  return edgeRule({ [action]: host, port: port ?? 'any' });
}

/** The edge blocks a port for everything. */
export function denyPort(port: number, { action = 'deny' }: Pick<DenyOptions, 'action'> = {}): Change {
  return edgeRule({ [action]: 'any', port });
}

/** The server's own firewall blocks one Windows account. */
export function denyAccount(account: Account, { port, action = 'deny' }: DenyOptions = {}): Change {
  return hostRule({ [action]: 'any', account, port: port ?? 'any' });
}

/**
 * Everything documented stays open except one row of the page's table. A row that a wider row covers
 * is blocked by a rule of its own, because taking it away alone would change nothing.
 */
export function withoutRow(row: DocumentedHost): Change {
  if (row.coveredBy) return denyHost(row.rule, { port: row.port });
  const isRow = (rule: Rule) => rule.allow === row.rule && rule.port === row.port;
  return {
    describe: `edge-firewall: without allow ${row.rule} port ${row.port}`,
    apply: (site) => {
      const rules = site.firewall.rules.filter((rule) => !isRow(rule));
      return { ...site, firewall: { ...site.firewall, rules } };
    },
    exercised: [
      {
        kind: 'decision',
        device: 'edge-firewall',
        rule: 'default drop',
        host: { pattern: row.rule, match: row.match },
      },
    ],
  };
}

/** Another, narrower rule stands where a host was allowed: an exact name, an address, a service tag. */
export function narrowed(host: string, ...rules: Partial<Omit<Rule, 'port'>>[]): Change {
  const narrow = (before: Rule): Rule[] =>
    before.allow === host ? rules.map((rule) => ruleSchema.parse({ port: before.port, ...rule })) : [before];
  const name = rules.map((rule) => ruleName(ruleSchema.parse(rule))).join(', ');
  return {
    describe: `edge-firewall: ${name} instead of allow ${host}`,
    apply: (site) => ({
      ...site,
      firewall: { ...site.firewall, rules: site.firewall.rules.flatMap(narrow) },
    }),
    exercised: [
      {
        kind: 'decision',
        device: 'edge-firewall',
        rule: 'default drop',
        host: { pattern: host, match: 'suffix' },
      },
    ],
  };
}

/** The edge firewall as a whole is another one. */
export function edgeFirewall(describe: string, firewall: Firewall, exercisedBy: readonly string[]): Change {
  return {
    describe: `edge-firewall: ${describe}`,
    apply: (site) => ({ ...site, firewall }),
    exercised: exercisedBy.map((rule) => ({ kind: 'decision', device: 'edge-firewall', rule })),
  };
}
