import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../importer.js';
import { importerOf } from '../index.js';
import { judged } from '../testing.js';
import { panOs } from './index.js';

const given: ImportOptions = { serverAddress: '10.20.1.11', comesBy: 'servers', goesBy: 'untrust' };
const objects = `
set deviceconfig system hostname fw
set address connector ip-netmask 10.20.1.11/32
set address printers ip-range 10.20.9.1-10.20.9.99
set address "sign in" fqdn login.microsoftonline.com
set address azure ip-netmask 20.33.0.0/16
set address-group microsoft static [ "sign in" azure ]
set address-group microsoft tag [ a "b c" ]
set address-group tagged dynamic filter "'a' and 'b'"
set address-group round static round
set external-list o365 type ip url https://saasedl.paloaltonetworks.com/feeds/x
set service many protocol tcp port 8000-8100,8443
set service many description "for us"
set service odd protocol tcp port 443 source-port 1000
set service dns53 protocol udp port 53
set service-group web members [ service-https many ]
set profiles custom-url-category relays list [ *.servicebus.windows.net/ *.msappproxy.net ]
set profiles custom-url-category relays type "URL List"
set profiles custom-url-category paths list www.microsoft.com/pkiops
set profile-group plain virus default
set profile-group strict url-filtering strict
`;
const usual = {
  to: 'untrust',
  from: 'servers',
  source: 'any',
  destination: 'any',
  'source-user': 'any',
  category: 'any',
  application: 'any',
  service: 'service-https',
  action: 'allow',
};
function rule(name: string, sets: Record<string, string | undefined> = {}, base = 'rulebase'): string {
  return Object.entries({ ...usual, ...sets })
    .flatMap(([key, value]) =>
      value === undefined ? [] : [`set ${base} security rules "${name}" ${key} ${value}\n`],
    )
    .join('');
}

function read(text: string, options = given) {
  const { edge, notUnderstood, understood } = panOs.read({ file: 'fw.set', text }, options);
  return {
    firewall: edge,
    rules: (edge?.rules ?? []).map(({ source: _, ...rule }) => rule),
    lines: (edge?.rules ?? []).map(({ source }) => source?.line),
    told: notUnderstood.map(({ line, why }) => `${line}: ${why}`),
    understood,
  };
}
const one = (sets: Record<string, string | undefined>, options = given) =>
  read(`${objects}${rule('r 1', sets)}`, options);

it('is recognised in its set form, and asked for in it where it comes in another', () => {
  expect(importerOf({ file: 'x.txt', text: rule('r') })).toBe(panOs);
  const tree = 'policy {\n  panorama {\n    post-rulebase {\n      security {\n}}}}\n';
  expect(importerOf({ file: 'x.txt', text: tree })).toBe(panOs);
  expect(read(tree)).toMatchObject({
    understood: 0,
    told: [expect.stringContaining('config-output-format set')],
  });
});

it('asks rules in their order, and drops what none allows', () => {
  const { firewall, rules, lines, told, understood } = read(
    `${rule('b', { action: 'reset-both', service: 'service-http' })}${rule('a', { service: 'any' })}`,
  );
  expect(rules).toEqual([{ reset: 'any', port: [80, 8080] }, { allow: 'any' }]);
  expect([lines, told, understood, firewall?.default]).toEqual([[1, 10], [], 2, 'drop']);
});

it('takes rules that people wrote in one line, and lists over several', () => {
  const text = `set rulebase security rules r from servers to any source any destination [ azure 20.34.0.0/16 ] application any service any action allow\nset rulebase security rules r destination 20.35.0.1\n`;
  expect(read(`${objects}${text}`)).toMatchObject({
    rules: [{ allow: ['20.33.0.0/16', '20.34.0.0/16', '20.35.0.1'] }],
    told: [],
  });
});

it.each<[string, Record<string, string | undefined>, unknown[]]>([
  [
    'names and networks of a group',
    { destination: 'microsoft' },
    [{ allow: ['login.microsoftonline.com', '20.33.0.0/16'], port: [443] }],
  ],
  [
    'a custom category of hosts',
    { category: 'relays' },
    [{ allow: ['*.servicebus.windows.net', '*.msappproxy.net'], port: [443] }],
  ],
  ['a group of services', { service: 'web' }, [{ allow: 'any', port: [443, '8000-8100', 8443] }]],
  ['what is no TCP', { service: 'dns53' }, []],
  ['what no connector speaks', { application: '[ dns ntp ]', service: 'application-default' }, []],
  ['what is switched off', { disabled: 'yes', destination: 'nowhere' }, []],
  ['another source', { source: 'printers' }, []],
  ['the server as a source', { source: '[ printers connector ]' }, [{ allow: 'any', port: [443] }]],
  ['another zone', { from: '[ dmz guests ]' }, []],
  ['rules within zones', { 'rule-type': 'intrazone', from: 'any', to: 'any' }, []],
  ['groups of profiles of content', { 'profile-setting': 'group plain' }, [{ allow: 'any', port: [443] }]],
  [
    'what is only written',
    { description: '"a [b]"', 'log-end': 'yes', tag: '[ "x y" z ]' },
    [{ allow: 'any', port: [443] }],
  ],
])('knows %s', (_, sets, rules) => {
  const read = one(sets);
  expect([read.rules, read.told]).toEqual([rules, []]);
});

describe('what a list of hosts cannot say is told, and not judged', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    [
      'applications',
      { application: '[ ssl ms-update ]' },
      'application ssl, ms-update: what is spoken decides',
    ],
    ['their own ports', { service: 'application-default' }, 'service application-default'],
    ['lists from elsewhere', { destination: 'o365' }, 'external list "o365"'],
    ['tags', { destination: 'tagged' }, 'goes by tags'],
    [
      'names that nobody defines',
      { destination: 'constructor' },
      'address "constructor" is not in this file',
    ],
    ['a group of itself', { destination: 'round' }, 'groups more than 32 deep'],
    [
      'all destinations but some',
      { destination: 'azure', 'negate-destination': 'yes' },
      'all destinations but',
    ],
    [
      'categories of others',
      { category: 'computer-and-internet-info' },
      'URL category "computer-and-internet-info"',
    ],
    ['categories with paths', { category: 'paths' }, 'www.microsoft.com/pkiops'],
    [
      'categories at addresses',
      { category: 'relays', destination: 'azure' },
      'category relays, and addresses',
    ],
    ['ports of clients', { service: 'odd' }, "of a client's port 1000"],
    ['hours', { schedule: 'weekdays' }, 'schedule weekdays'],
    ['who is there', { 'source-user': 'contoso\\staff' }, 'source-user contoso'],
    ['profiles of URLs', { 'profile-setting': 'group strict' }, 'profile group strict has url-filtering'],
    [
      'profiles that are not in the file',
      { 'profile-setting': 'group other' },
      'profile group other is not in this file',
    ],
    [
      'profiles of URLs of its own',
      { 'profile-setting': 'profiles url-filtering strict' },
      'a profile of url-filtering',
    ],
    ['an action to come', { action: 'constructor' }, 'action constructor'],
    ['a word to come', { 'quantum-safe': 'yes' }, 'quantum-safe yes'],
    ['no source', { source: undefined }, 'it names no source'],
    ['no destination', { destination: undefined }, 'it names no destination'],
  ])('%s', (_, sets, why) => {
    const denied = { ...sets, action: sets.action ?? 'deny' };
    const isOfProfiles = 'profile-setting' in sets;
    const { firewall, told, rules } = read(
      `${objects}${rule('r', isOfProfiles ? sets : denied)}${rule('all', { service: 'any', ...(isOfProfiles && { action: 'deny' }) })}`,
    );
    expect(told).toEqual([expect.stringContaining(why)]);
    expect(rules[0]).toMatchObject({ unclear: expect.stringContaining(why) });
    const isAtAzure = sets.destination === 'azure' && !sets['negate-destination'];
    expect(judged(firewall, isAtAzure ? '20.33.0.1' : '20.34.0.1', 443)).toBeUndefined();
  });

  it.each([
    ['decryption', 'action decrypt', 'it ends TLS'],
    ['authentication', 'authentication-enforcement form', 'it asks who is there'],
    ['pbf', 'action discard', 'it discards'],
  ])('rules of %s', (list, sets, why) => {
    const own = (more: string) => `set rulebase ${list} rules d ${more}\n`;
    const text = `${own('from any')}${own('to any')}${own('source any')}${own('destination 20.33.0.0/16')}${own(sets)}${rule('r')}`;
    const { told, firewall } = read(text);
    expect(told).toEqual([expect.stringContaining(why)]);
    expect([judged(firewall, '20.33.0.1', 443), judged(firewall, '20.34.0.1', 443)]).toEqual([
      undefined,
      'allow',
    ]);
    expect(read(`${text}${own('disabled yes')}`).told).toEqual([]);
  });

  it.each<[keyof ImportOptions, Record<string, string>]>([
    ['comesBy', {}],
    ['goesBy', {}],
    ['serverAddress', { source: 'connector' }],
  ])('what is not given with %s', (option, sets) => {
    const { told, firewall } = one(sets, { ...given, [option]: undefined });
    expect(told).toEqual([expect.stringMatching(/--(comes-by|goes-by|server-address)/)]);
    expect(judged(firewall, '20.33.0.1', 443)).toBeUndefined();
  });

  it('lines that change others, and what is no line of it', () => {
    for (const line of [
      'delete rulebase security rules r\n',
      'move rulebase security rules r top\n',
      'ervice any\n',
    ]) {
      const { told, firewall } = read(`${rule('r')}${line}`);
      expect(told).toHaveLength(1);
      expect(judged(firewall, '20.33.0.1', 443)).toBeUndefined();
    }
  });
});

describe('several places', () => {
  const group = (name: string) => (text: string) => text.replaceAll('set ', `set device-group ${name} `);

  it('shared rules stand before and behind those of a device group, and its objects before shared ones', () => {
    const shared = (text: string) => text.replaceAll('set ', 'set shared ');
    const text = [
      shared(rule('last', { service: 'any', action: 'drop' }, 'post-rulebase')),
      group('Branches')(rule('own', { destination: 'there' }, 'pre-rulebase')),
      shared(rule('first', { service: 'service-http' }, 'pre-rulebase')),
      group('Branches')('set address there fqdn own.test\n'),
      shared('set address there fqdn shared.test\n'),
    ].join('');
    expect(read(text)).toMatchObject({
      rules: [{ allow: 'any', port: [80, 8080] }, { allow: 'own.test', port: [443] }, { deny: 'any' }],
      told: [],
    });
  });

  it('asks for one of two', () => {
    const text = ['A', 'B'].map((name) => group(name)(rule('r', {}, 'pre-rulebase'))).join('');
    expect(read(text)).toMatchObject({
      understood: 0,
      told: [expect.stringContaining('device-group A, device-group B')],
    });
  });
});

it('lets all pass within a zone, and between zones where it is said so', () => {
  expect(read(rule('r'), { ...given, goesBy: 'servers' }).firewall?.default).toBe('allow');
  const open = 'set rulebase default-security-rules rules interzone-default action allow\n';
  expect(read(`${rule('r')}${open}`).firewall?.default).toBe('allow');
});
