import type { DocumentedHost } from '../requirements/documented-host.js';
import { placeOfRow } from '../site/documented-rows.js';
import { entryName } from '../site/host-entry.js';
import type { SiteProxy } from '../site/proxies.js';
import { type ProxyRule, proxyActionOf, proxyEntryOf } from '../site/proxy-rule-schema.js';
import { schemesOf } from '../site/proxy-schema.js';
import type { Rule } from '../site/schema.js';
import type { Hint } from './hint.js';
import { type Finding, lintRules } from './lint.js';
import { lintEntry } from './lint-entry.js';
import { behind, closed, entriesOf, told } from './lint-words.js';
import { proxyRuleName } from './proxy.js';
import { ruleNumbers } from './rule-number.js';

/** What the author of a proxy's rules should know. */
export function lintProxyRules({ machine, settings }: SiteProxy, rows: readonly DocumentedHost[]): Hint[] {
  const place = `${machine === 'proxy' ? 'proxy' : 'proxy.parent'}.rules`;
  const { rules } = settings;
  if (rules.length === 0)
    return settings.default === 'allow' ? [] : [{ place, rule: place, message: closed(place, 'deny') }];
  const schemes = schemesOf(settings);
  // A question comes in the place of an answer, as a refusal that is none does.
  const asOfFirewall = rules.map((rule): Rule => {
    const { port, account, from, unclear, match } = rule;
    const action = proxyActionOf(rule);
    return {
      ...{ name: proxyRuleName(rule, schemes), [action === 'ask' ? 'reject' : action]: rule[action] },
      ...{ port, ...(match && { match }), ...(account && { account }), ...(from && { from }) },
      ...(unclear !== undefined && { unclear }),
    };
  });
  const written = (wanted: boolean) =>
    rules.flatMap((rule) =>
      (rule.allow !== undefined) === wanted && placeOfRow(rule) === undefined ? [proxyEntryOf(rule)] : [],
    );
  return [
    ...entriesOf(place, written(true), true, rows),
    ...entriesOf(place, [...written(false), ...rules.flatMap(({ except }) => except)], false, rows),
    ...behind(place, asOfFirewall, ruleNumbers(rules), shadowed(rules, asOfFirewall, rows)),
    ...needless(place, settings),
  ];
}

/** Rules before which another always decides, however the proxy is asked. */
function shadowed(
  rules: readonly ProxyRule[],
  asOfFirewall: readonly Rule[],
  rows: readonly DocumentedHost[],
): Finding[] {
  const found = (['connect', 'plain'] as const).map((wanted) => {
    const indexes = rules.flatMap((rule, index) =>
      (rule.method ?? wanted) === wanted && !lintEntry(proxyEntryOf(rule), rows) ? [index] : [],
    );
    const asked = indexes.flatMap((index): Rule[] => {
      const rule = asOfFirewall[index];
      // One with exceptions is about less than its destination says, and who can answer a question goes on.
      const isWhole = rules[index]?.except.length === 0 && rules[index]?.ask === undefined;
      return rule ? [isWhole ? rule : { ...rule, unclear: rule.unclear ?? 'except' }] : [];
    });
    const before = new Map<number, Finding>();
    for (const finding of lintRules({ default: 'allow', rules: asked })) {
      const [index, other] = [indexes[finding.index], finding.before];
      if (index === undefined || other === undefined) continue;
      before.set(index, { ...finding, index, before: indexes[other] ?? 0 });
    }
    return { before, indexes: new Set(indexes) };
  });
  return rules.flatMap((_, index) => {
    const asked = found.filter(({ indexes }) => indexes.has(index));
    const findings = asked.flatMap(({ before }) => before.get(index) ?? []);
    const [first] = findings;
    return first && findings.length === asked.length ? [first] : [];
  });
}

/** Rules that let pass what the default lets pass as well. */
function needless(place: string, settings: SiteProxy['settings']): Hint[] {
  if (settings.default !== 'allow') return [];
  const last = settings.rules.findLastIndex(({ allow }) => allow === undefined);
  const idle = settings.rules.slice(last + 1).filter(({ unclear }) => unclear === undefined);
  const names = idle.map((rule) => `"allow ${entryName(proxyEntryOf(rule))}"`);
  if (names.length === 0) return [];
  const message = `${place}: ${told(names)} ${names.length === 1 ? 'changes' : 'change'} nothing: what no rule is about is let through as well; \`default: deny\` closes it`;
  return [{ place, rule: names[0] ?? '', message }];
}
