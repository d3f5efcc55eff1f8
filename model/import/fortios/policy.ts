import { anything, both, type Condition, never, type Part } from '../condition.js';
import type { ChainRule, Verdict } from '../flatten-chains.js';
import type { ImportOptions } from '../importer.js';
import { fromSources, onPorts, throughInterface, toDestinations } from '../named-objects.js';
import { firstOf, type Objects } from './objects.js';
import type { Domain, Entry } from './read-config.js';

/** What is read apart, or says nothing of whether a connection passes. */
const known = new Set(
  `action status name uuid policyid comments label global-label schedule service service-negate
  srcintf dstintf srcaddr dstaddr srcaddr6 dstaddr6 srcaddr-negate dstaddr-negate srcaddr6-negate dstaddr6-negate
  nat nat46 nat64 ippool poolname poolname6 natip fixedport permit-any-host permit-stun-host central-nat
  logtraffic logtraffic-start capture-packet log-unmatched-traffic custom-log-fields
  auto-asic-offload np-acceleration inspection-mode utm-status profile-type ssl-ssh-profile profile-protocol-options
  av-profile ips-sensor file-filter-profile dlp-profile dlp-sensor emailfilter-profile icap-profile
  voip-profile waf-profile ssh-filter-profile sctp-filter-profile virtual-patch-profile
  traffic-shaper traffic-shaper-reverse per-ip-shaper diffserv-copy diffserv-forward diffserv-reverse
  diffservcode-forward diffservcode-rev tcp-mss-sender tcp-mss-receiver session-ttl timeout-send-rst
  send-deny-packet block-notification replacemsg-override-group schedule-timeout anti-replay match-vip
  match-vip-only firewall-session-dirty tcp-session-without-syn wccp email-collect geoip-anycast
  decrypted-traffic-mirror passive-wan-health-measurement delay-tcp-npu-session dynamic-shaping fec vlan-cos-fwd
  vlan-cos-rev internet-service internet-service6`.split(/\s+/),
);
/** Profiles by which TLS is not ended. */
const leaveTls = new Set(['', 'no-inspection', 'certificate-inspection']);

/** What a policy does, in the order of its alternatives. `isOf6`: of a section for IPv6 alone. */
export function rulesOf(
  entry: Entry,
  {
    domain,
    objects,
    options,
    isOf6,
  }: { domain: Domain; objects: Objects; options: ImportOptions; isOf6: boolean },
): ChainRule[] {
  const { line, values } = entry;
  const text = `edit ${entry.name}${firstOf(entry, 'name') ? ` (${firstOf(entry, 'name')})` : ''}`;
  const list = (key: string) => values.get(key) ?? [];
  const is = (key: string) => firstOf(entry, key) === 'enable';
  const rule = (when: Condition): ChainRule => ({ when, verdict: verdictOf(entry), line, text });
  if (firstOf(entry, 'status') === 'disable') return [rule({ ...anything, never: true })];
  // Services of the internet stand in the place of addresses and services; they are told as conditions.
  const orElse = (names: readonly string[], key: string, of: () => Part): Part =>
    names.length > 0 ? of() : is(key) ? {} : { unclear: ['it names nothing that it is about'] };
  const always = [
    orElse(list('service'), 'internet-service', () =>
      onPorts(objects.services.of(list('service')), is('service-negate')),
    ),
    byInterfaces(list('srcintf'), '--comes-by', domain, options),
    byInterfaces(list('dstintf'), '--goes-by', domain, options),
    bySchedule(firstOf(entry, 'schedule')),
    { unclear: furtherConditions(entry) },
  ].reduce<Condition>(both, anything);
  /** Who comes, and where to, of one family of addresses. */
  const ways = (of6: boolean): Part[] => {
    const [suffix, named] = of6 ? ['6', objects.addresses6] : ['', objects.addresses];
    const key = (side: 'src' | 'dst') => `${side}addr${isOf6 ? '' : suffix}`;
    const to = list(key('dst'));
    if (to.length === 0) return !of6 && is('internet-service') ? [{}] : [];
    const from = list(key('src'));
    const source = orElse(from, 'internet-service-src', () =>
      from.includes('all')
        ? {}
        : fromSources(named.of(from), is(`${key('src')}-negate`), options.serverAddress),
    );
    const destinations = toDestinations(named.of(to), is(`${key('dst')}-negate`));
    return destinations.map((one) => both(both(anything, source), one));
  };
  const all = [...(isOf6 ? [] : ways(false)), ...ways(true)];
  return (all.length > 0 ? all : [{ unclear: ['it names no destination'] }]).map((way) =>
    rule(both(always, way)),
  );
}

function verdictOf(entry: Entry): Verdict {
  const action = firstOf(entry, 'action') ?? 'deny';
  if (action === 'accept') return { kind: 'allow' };
  return action === 'deny' ? { kind: 'deny' } : { kind: 'unknown', why: `action ${action}` };
}

/** By an interface, a zone that has it, or one of SD-WAN. */
function byInterfaces(
  names: readonly string[],
  option: '--comes-by' | '--goes-by',
  domain: Domain,
  { comesBy, goesBy }: ImportOptions,
): Part {
  const zones = [...(domain.get('system zone')?.values() ?? [])];
  const members = ['system sdwan members', 'system virtual-wan-link members'].flatMap((name) => [
    ...(domain.get(name)?.values() ?? []),
  ]);
  const zoneOf = (member: Entry) => firstOf(member, 'zone') ?? 'virtual-wan-link';
  const aliases = (known: string) => [
    ...zones.filter(({ values }) => values.get('interface')?.includes(known)).map(({ name }) => name),
    ...members.filter((one) => firstOf(one, 'interface') === known).map(zoneOf),
  ];
  const interfaces = domain.get('system interface');
  const declared = new Set([
    ...(interfaces?.keys() ?? []),
    ...zones.map(({ name }) => name),
    ...members.map(zoneOf),
  ]);
  // A paste of rules alone says nothing of interfaces; they are what they are called.
  return throughInterface(names, option === '--comes-by' ? comesBy : goesBy, option, aliases, (name) =>
    interfaces ? declared.has(name) : name !== 'virtual-wan-link',
  );
}

function bySchedule(name: string | undefined): Part {
  if (name === undefined || name === 'always') return {};
  return name === 'none' ? never : { unclear: [`schedule ${name}`] };
}

/** What else it asks for or does, of which a list of hosts can say nothing. */
function furtherConditions(entry: Entry): string[] {
  const unclear: string[] = [];
  const decides = (firstOf(entry, 'action') ?? 'deny') === 'accept';
  const profile = firstOf(entry, 'ssl-ssh-profile') ?? '';
  if (decides && !leaveTls.has(profile))
    unclear.push(`ssl-ssh-profile ${profile}: of which hosts it ends TLS is not read`);
  for (const [key, values] of entry.values) {
    const [value = ''] = values;
    if (value === 'disable' || values.length === 0) continue;
    if (/^internet-service6?$/.test(key)) unclear.push(servicesOfTheInternet(entry));
    else if (!known.has(key) && !/^internet-service6?-(name|id|group|custom|custom-group)$/.test(key))
      unclear.push(`${key} ${values.slice(0, 4).join(' ')}`);
  }
  return unclear;
}

function servicesOfTheInternet({ values }: Entry): string {
  const names = [...values].flatMap(([key, all]) =>
    /^internet-service6?-(name|id|group|custom)/.test(key) ? all : [],
  );
  return `internet-service ${names.slice(0, 4).join(', ')}: which hosts are in it is not in this file`;
}
