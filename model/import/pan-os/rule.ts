import { anything, both, type Condition, never, type Part } from '../condition.js';
import type { ChainRule, Verdict } from '../flatten-chains.js';
import type { ImportOptions } from '../importer.js';
import { fromSources, onPorts, throughInterface, toDestinations } from '../named-objects.js';
import type { Objects } from './objects.js';
import { lastOf, type Named } from './read-rules.js';

const actions: Readonly<Record<string, Verdict>> = {
  allow: { kind: 'allow' },
  ...{ deny: { kind: 'deny' }, drop: { kind: 'deny' } },
  ...{
    'reset-client': { kind: 'reset' },
    'reset-server': { kind: 'reset' },
    'reset-both': { kind: 'reset' },
  },
};
/** What is read apart, or says nothing of whether a connection passes. */
const known = new Set(
  `from to source destination negate-source negate-destination service application category action disabled
  rule-type schedule profile-setting description tag group-tag uuid log-start log-end log-setting
  icmp-unreachable option qos type profile`.split(/\s+/),
);
/** Conditions that ask for nothing where they say `any`. */
const unlessAny = new Set([
  'source-user',
  'hip-profiles',
  'source-hip',
  'destination-hip',
  'source-imei',
  'source-imsi',
]);
/** What is spoken there no connector speaks. */
const notSpoken = new Set(
  'dns dns-base ntp ntp-base ping ping6 icmp ipv6-icmp traceroute quic quic-base ssh ms-rdp snmp-base syslog'.split(
    ' ',
  ),
);

interface Given {
  objects: Objects;
  options: ImportOptions;
}

/** What a rule of security does, in the order of its alternatives. */
export function securityRules(rule: Named, given: Given): ChainRule[] {
  const action = lastOf(rule, 'action') ?? '';
  const verdict: Verdict = (Object.hasOwn(actions, action) && actions[action]) || {
    kind: 'unknown',
    why: `action ${action || 'none'}`,
  };
  const judges = verdict.kind === 'allow' ? urlsJudged(rule, given.objects) : [];
  return rulesWith(rule, verdict, given, [byApplication(rule), { unclear: judges }]);
}

/** A rule of another list, that does something with what it is about of which nobody can say here where it ends. */
export function doubtfulRules(rule: Named, why: string, given: Given): ChainRule[] {
  return rulesWith(rule, { kind: 'unknown', why }, given, []);
}

function rulesWith(rule: Named, verdict: Verdict, { objects, options }: Given, more: Part[]): ChainRule[] {
  const { name, line, values } = rule;
  const list = (key: string) => values.get(key) ?? [];
  const isYes = (key: string) => lastOf(rule, key) === 'yes';
  const of = (when: Condition): ChainRule => ({ when, verdict, line, text: `rule "${name}"` });
  if (isYes('disabled')) return [of({ ...anything, never: true })];
  const zones = (key: 'from' | 'to', option: '--comes-by' | '--goes-by', zone: string | undefined) =>
    throughInterface(
      list(key),
      zone,
      option,
      () => [],
      () => true,
    );
  const services = list('service').filter((one) => one !== 'application-default');
  const isByApplication = services.length < list('service').length;
  const always = [
    zones('from', '--comes-by', options.comesBy),
    zones('to', '--goes-by', options.goesBy),
    list('source').length > 0
      ? fromSources(objects.addresses.of(list('source')), isYes('negate-source'), options.serverAddress)
      : { unclear: ['it names no source'] },
    isByApplication
      ? { unclear: ['service application-default: on the ports of whatever is recognised'] }
      : onPorts(objects.services.of(services.length > 0 ? services : ['any'])),
    byKind(lastOf(rule, 'rule-type'), options),
    ...more,
    { unclear: furtherConditions(rule) },
  ].reduce<Condition>(both, anything);
  return destinationsOf(rule, objects).map((one) => of(both(always, one)));
}

/** By addresses, or by names that a list of URLs has. */
function destinationsOf(rule: Named, objects: Objects): Part[] {
  const list = (key: string) => rule.values.get(key) ?? [];
  const isNegated = lastOf(rule, 'negate-destination') === 'yes';
  const addresses = objects.addresses.of(list('destination'));
  const isSaid = list('destination').length > 0;
  const destinations = isSaid
    ? toDestinations(addresses, isNegated)
    : [{ unclear: ['it names no destination'] }];
  const named = list('category');
  const categories = objects.categories.of(named.length > 0 ? named : ['any']);
  if (categories.all) return destinations;
  if (addresses.all && !isNegated) return toDestinations(categories, false);
  return destinations.map((one) =>
    both(both(anything, one), { unclear: [`category ${named.slice(0, 4).join(', ')}, and addresses`] }),
  );
}

function byApplication(rule: Named): Part {
  const named = rule.values.get('application') ?? [];
  if (named.length === 0 || named.includes('any')) return {};
  if (named.every((one) => notSpoken.has(one))) return never;
  return { unclear: [`application ${named.slice(0, 4).join(', ')}: what is spoken decides, and no host`] };
}

/** Of zones: within one, or between two. */
function byKind(kind: string | undefined, { comesBy, goesBy }: ImportOptions): Part {
  if (kind === undefined || kind === 'universal') return {};
  if (comesBy === undefined || goesBy === undefined)
    return { unclear: [`rule-type ${kind} (--comes-by, --goes-by)`] };
  return (comesBy === goesBy) === (kind === 'intrazone') ? {} : never;
}

/** By profiles that judge URLs: by lists that are nobody's here. */
function urlsJudged(rule: Named, { judgesUrls }: Objects): string[] {
  const [kind, ...names] = rule.values.get('profile-setting') ?? [];
  if (kind === 'profiles')
    return names.includes('url-filtering') ? ['a profile of url-filtering: what it blocks is not read'] : [];
  if (kind !== 'group') return [];
  return names
    .filter((name) => name !== 'none' && judgesUrls(name) !== false)
    .map((name) =>
      judgesUrls(name)
        ? `profile group ${name} has url-filtering: what it blocks is not read`
        : `profile group ${name} is not in this file`,
    );
}

function furtherConditions({ values }: Named): string[] {
  return [...values].flatMap(([key, all]) =>
    known.has(key) || (unlessAny.has(key) && all.every((one) => one === 'any'))
      ? key === 'schedule'
        ? [`schedule ${all.join(' ')}`]
        : []
      : [`${key} ${all.slice(0, 4).join(' ')}`.trim()],
  );
}
