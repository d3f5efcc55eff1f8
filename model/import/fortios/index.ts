import { anything } from '../condition.js';
import { type ChainRule, Flattened, ruleOf } from '../flatten-chains.js';
import type { Importer, NotUnderstood } from '../importer.js';
import { objectsOf } from './objects.js';
import { rulesOf } from './policy.js';
import { type Domain, FortiConfig } from './read-config.js';

/** Sections with rules of their own kinds, which are not read: some decide beside the policies. */
const others: readonly (readonly [section: string, decides: boolean])[] = [
  ['firewall security-policy', true],
  ['firewall consolidated policy', true],
  ['firewall proxy-policy', false],
];

/**
 * FortiOS: `show firewall policy` with addresses and services, or a whole configuration. Policies are asked
 * in the order in which they stand, whatever their numbers; what none allows is dropped.
 */
export const fortios: Importer = {
  format: 'fortios',
  title: 'FortiOS (FortiGate configuration)',
  recognises: ({ text }) => /^[ \t]*config firewall [\w-]+/m.test(text) && /^[ \t]*(edit|set) \S/m.test(text),
  read({ file, text }, options) {
    const config = new FortiConfig(text);
    const notUnderstood: NotUnderstood[] = config.problems.map(({ line, text: told, why }) => ({
      ...{ file, line, text: told.slice(0, 1000), why },
    }));
    const domains = [...config.domains].filter(([, domain]) => hasPolicies(domain));
    const [first, second] = domains;
    if (first && second) {
      const names = domains.map(([name]) => name || 'the one without a name').join(', ');
      const why = `several virtual domains have policies (${names}): give the file of the one that connections pass`;
      return {
        understood: 0,
        notUnderstood: [...notUnderstood, { file, line: lineOf(second[1]), text: second[0], why }],
      };
    }
    if (!first) {
      const why = 'there is no policy in it (config firewall policy)';
      return { understood: 0, notUnderstood: [...notUnderstood, { file, line: 1, text: '', why }] };
    }
    const domain = withGlobal(first[1], config.domains.get(''));
    const objects = objectsOf(domain);
    const policies = (section: string, isOf6: boolean) =>
      [...(domain.get(section)?.values() ?? [])].flatMap((entry) =>
        rulesOf(entry, { domain, objects, options, isOf6 }),
      );
    const doubts: ChainRule[] = config.problems
      .filter(({ isOfFirewall }) => isOfFirewall)
      .map(({ line, text: told, why }) => ({
        when: anything,
        verdict: { kind: 'unknown', why },
        line,
        text: told,
      }));
    for (const [section, decides] of others) {
      const [entry] = domain.get(section)?.values() ?? [];
      if (!entry) continue;
      const why = `rules of "${section}" are not read`;
      const rule = { line: entry.line, text: `config ${section}` };
      if (decides) doubts.push({ when: anything, verdict: { kind: 'unknown', why }, ...rule });
      else notUnderstood.push({ file, ...rule, why });
    }
    const rules = [...doubts, ...policies('firewall policy', false), ...policies('firewall policy6', true)];
    const flattened = new Flattened(new Map([['policies', rules]]), file, 'deny').read('policies');
    if (flattened.tooLong) return { understood: 0, notUnderstood: [flattened.tooLong] };
    const told = new Map(
      [...notUnderstood, ...flattened.notUnderstood].map((one) => [`${one.line} ${one.why}`, one]),
    );
    return {
      edge: { default: 'drop', rules: flattened.rules.map((rule) => ruleOf(rule, file)) },
      understood: flattened.understood,
      notUnderstood: [...told.values()],
    };
  },
};

function hasPolicies(domain: Domain): boolean {
  return ['firewall policy', 'firewall policy6', ...others.map(([name]) => name)].some((name) =>
    domain.has(name),
  );
}

function lineOf(domain: Domain): number {
  const [entry] = [...domain.values()].flatMap((section) => [...section.values()]);
  return entry?.line ?? 1;
}

/** Interfaces stand before the virtual domains, and are of all. */
function withGlobal(domain: Domain, global: Domain | undefined): Domain {
  return new Map([...(global ?? []), ...domain]);
}
