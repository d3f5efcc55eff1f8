import fc from 'fast-check';
import type { ProxyRuleAction } from '../../site/proxy-rule-schema.js';
import type { SiteInput } from '../../site/schema.js';
import { accounts, entry, servers } from './hosts.js';
import { list, source } from './rules.js';

const schemes = fc.constantFrom<'basic' | ('negotiate' | 'ntlm' | 'basic')[]>(
  'basic',
  ['negotiate', 'ntlm'],
  ['ntlm', 'basic'],
);

const destinations = fc.oneof(
  { weight: 6, arbitrary: fc.array(entry, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom('any', 'documented') },
  { weight: 1, arbitrary: fc.constant(['documented', '*.contoso.test']) },
  // Lists of squid may have addresses, which it compares as they are written.
  { weight: 1, arbitrary: fc.constantFrom(['198.18.66.4', '.msappproxy.net'], ['20.190.128.0/18', '*.com']) },
);

/** What a rule of any proxy has. */
const conditions = {
  action: fc.constantFrom<ProxyRuleAction>('allow', 'allow', 'deny', 'deny', 'ask'),
  to: destinations,
  except: list,
  port: fc.constantFrom<number | string | (number | string)[]>(80, 443, 'any', '1-100', ['440-450', 8080]),
  method: fc.constantFrom('connect' as const, 'plain' as const),
  // A condition that an import did not understand: what the rule does is not judged.
  unclear: fc.constantFrom(undefined, undefined, undefined, 'acl hours time MTWHF'),
  source,
};
const sources = {
  account: fc.constantFrom(...accounts),
  from: fc.constantFrom(...servers, '198.18.1.11', '198.18.1.0/255.255.255.0', '10.0.0.0/8', [...servers]),
};

const requiredKeys: ('action' | 'to')[] = ['action', 'to'];
const parentRules = fc.array(fc.record(conditions, { requiredKeys }).map(written), { maxLength: 4 });
/** What an import did not understand at all may let everything pass, or refuse it. */
const doubts = fc.constantFrom('include of sites.conf', 'cache_peer up.test parent 3128').map((unclear) => [
  { deny: 'any', unclear },
  { allow: 'any', unclear },
]);
const ownRules = fc
  .tuple(
    fc.option(doubts, { nil: [], freq: 1 }).chain((found) => fc.constantFrom([], [], [], found)),
    fc.array(fc.record({ ...conditions, ...sources }, { requiredKeys }).map(written), { maxLength: 6 }),
  )
  .map(([unknown, rules]) => [...unknown, ...rules]);

function written<To>({ action, to, ...others }: { action: ProxyRuleAction; to: To }) {
  return { ...others, [action]: to };
}

/** What any proxy has. */
const common = {
  default: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
  'refuses-with': fc.constantFrom('forbidden' as const, 'forbidden' as const, 'page' as const),
};
/** One that asks needs a way to ask. */
const ways = { schemes, asksAll: fc.constantFrom(true, false, false) };
type Ways = { schemes: NonNullable<SiteInput['proxy']>['authentication']; asksAll: boolean };

const parent = fc
  .tuple(fc.record(ways), fc.record({ ...common, rules: parentRules }, { requiredKeys: ['rules'] }))
  .map(([way, drawn]) => ({ address: 'parent.contoso.test:3128', ...drawn, ...asking(way, drawn.rules) }));

/** Proxies with several mistakes at once, some of them behind another. */
export const proxy = fc
  .tuple(fc.record(ways), fc.record({ ...common, rules: ownRules, parent }, { requiredKeys: ['rules'] }))
  .map(([way, drawn]) => ({ ...drawn, ...asking(way, drawn.rules) }));

function asking({ schemes: own, asksAll }: Ways, rules: readonly object[]) {
  return asksAll || rules.some((rule) => 'ask' in rule) ? { authentication: own } : {};
}
