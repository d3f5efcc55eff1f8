import { proxyRuleName } from '../policy/proxy.js';
import { namedBy, ruleName } from '../policy/rule-name.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import { proxiesOf } from '../site/proxies.js';
import { schemesOf } from '../site/proxy-schema.js';
import type { Rule, RuleSource, Site } from '../site/schema.js';

/** Where the rules of a site were read, by the names that evidence uses; of rules written here nothing is told. */
export class RuleSources {
  readonly #byName = new Map<string, RuleSource>();

  constructor(site: Site) {
    for (const firewall of edgeFirewalls(site))
      for (const rule of firewall.rules) {
        this.#add(ruleName(rule), rule);
        // Where there are several, results name the one that decided, too.
        this.#add(namedBy(firewall, ruleName(rule)), rule);
      }
    for (const server of site.servers)
      for (const rule of server['host-firewall']?.rules ?? []) this.#add(ruleName(rule), rule);
    for (const { settings } of proxiesOf(site))
      for (const rule of settings.rules ?? []) this.#add(proxyRuleName(rule, schemesOf(settings)), rule);
  }

  /** Whether any rule was read in another file. */
  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  /** Each line once, in the order of the rules. */
  of(rules: readonly string[]): RuleSource[] {
    const found = rules.flatMap((rule) => this.#byName.get(rule) ?? []);
    const places = new Map(found.map((source) => [`${source.line} ${source.file}`, source]));
    return [...places.values()];
  }

  #add(name: string, { source }: Pick<Rule, 'source'>): void {
    if (source) this.#byName.set(name, source);
  }
}
