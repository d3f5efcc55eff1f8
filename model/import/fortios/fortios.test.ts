import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../importer.js';
import { importerOf } from '../index.js';
import { judged } from '../testing.js';
import { fortios } from './index.js';

const given: ImportOptions = { serverAddress: '10.20.1.11', comesBy: 'port2', goesBy: 'wan1' };
const objects = `
config system interface
    edit "port2"
        set vdom "root"
    next
    edit "port3"
    next
    edit "wan1"
    next
end
config system zone
    edit "servers"
        set interface "port2" "port3"
    next
end
config firewall address
    edit "connector"
        set subnet 10.20.1.11 255.255.255.255
    next
    edit "printers"
        set type iprange
        set start-ip 10.20.9.1
        set end-ip 10.20.9.99
    next
    edit "app proxy"
        set type fqdn
        set fqdn "*.msappproxy.net"
    next
    edit "relays"
        set type fqdn
        set fqdn "*.servicebus.windows.net"
    next
    edit "azure"
        set subnet 20.33.0.0/16
    next
    edit "sea"
        set type geography
        set country "AQ"
    next
end
config firewall addrgrp
    edit "microsoft"
        set member "app proxy" "relays"
    next
    edit "round"
        set member "round"
    next
end
config firewall service custom
    edit "HTTPS"
        set tcp-portrange 443
    next
    edit "many"
        set tcp-portrange 8000-8100:1024-65535 8443
        set udp-portrange 53
    next
    edit "ping"
        set protocol ICMP
    next
end
config firewall service group
    edit "web"
        set member "HTTPS" "HTTP"
    next
end
`;
const policy = (...edits: string[]) => `config firewall policy\n${edits.join('')}end\n`;
const usual = {
  srcintf: '"port2"',
  dstintf: '"wan1"',
  action: 'accept',
  srcaddr: '"all"',
  dstaddr: '"all"',
  schedule: '"always"',
  service: '"HTTPS"',
};
function edit(number: number, sets: Record<string, string | undefined> = {}): string {
  const lines = Object.entries({ ...usual, ...sets }).flatMap(([key, value]) =>
    value === undefined ? [] : [`        set ${key} ${value}\n`],
  );
  return `    edit ${number}\n${lines.join('')}    next\n`;
}

function read(text: string, options = given) {
  const { edge, notUnderstood, understood } = fortios.read({ file: 'fgt.conf', text }, options);
  return {
    firewall: edge,
    rules: (edge?.rules ?? []).map(({ source: _, ...rule }) => rule),
    lines: (edge?.rules ?? []).map(({ source }) => source?.line),
    told: notUnderstood.map(({ line, why }) => `${line}: ${why}`),
    understood,
  };
}
const one = (sets: Record<string, string | undefined>, options = given) =>
  read(`${objects}${policy(edit(1, sets))}`, options);

it('is recognised, and PAN-OS and others are not taken for it', () => {
  expect(importerOf({ file: 'x.txt', text: `#config-version=FGT\n${objects}` })).toBe(fortios);
  expect(importerOf({ file: 'x.conf', text: policy(edit(1)) })).toBe(fortios);
});

it('asks policies in the order in which they stand, whatever their numbers, and drops what none allows', () => {
  const { firewall, rules, lines, told, understood } = read(
    policy(edit(7, { action: undefined, dstaddr: '"all"', service: '"SSH"' }), edit(2, { service: '"ALL"' })),
  );
  expect(rules).toEqual([{ deny: 'any', port: [22] }, { allow: 'any' }]);
  expect([lines, told, understood, firewall?.default]).toEqual([[2, 10], [], 2, 'drop']);
});

it.each<[string, Record<string, string | undefined>, unknown[]]>([
  [
    'names of a group',
    { dstaddr: '"microsoft"' },
    [{ allow: ['*.msappproxy.net', '*.servicebus.windows.net'], port: [443] }],
  ],
  ['a network', { dstaddr: '"azure"' }, [{ allow: '20.33.0.0/16', port: [443] }]],
  ['a group of services', { service: '"web"' }, [{ allow: 'any', port: [443, 80] }]],
  [
    'ranges of ports, with those of clients',
    { service: '"many"' },
    [{ allow: 'any', port: ['8000-8100', 8443] }],
  ],
  [
    'other services than these',
    { service: '"HTTPS"', 'service-negate': 'enable' },
    [{ allow: 'any', port: ['1-442', '444-65535'] }],
  ],
  ['what is no TCP', { service: '"ping"' }, []],
  ['what is switched off', { status: 'disable', dstaddr: '"nowhere"' }, []],
  ['another source', { srcaddr: '"printers"' }, []],
  ['the server as a source', { srcaddr: '"printers" "connector"' }, [{ allow: 'any', port: [443] }]],
  ['all sources but the server', { srcaddr: '"connector"', 'srcaddr-negate': 'enable' }, []],
  ['another interface', { srcintf: '"port3"' }, []],
  ['the zone that has the interface', { srcintf: '"servers"' }, [{ allow: 'any', port: [443] }]],
  [
    'IPv6 alone',
    { dstaddr: undefined, srcaddr: undefined, dstaddr6: '"all"', srcaddr6: '"all"' },
    [{ allow: '::/0', port: [443] }],
  ],
  [
    'profiles of content',
    { 'utm-status': 'enable', 'av-profile': '"default"', 'ssl-ssh-profile': '"certificate-inspection"' },
    [{ allow: 'any', port: [443] }],
  ],
])('knows %s', (_, sets, rules) => {
  const read = one(sets);
  expect([read.rules, read.told]).toEqual([rules, []]);
});

describe('what a list of hosts cannot say is told, and not judged', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    [
      'services of the internet',
      {
        dstaddr: undefined,
        service: undefined,
        'internet-service': 'enable',
        'internet-service-name': '"Microsoft-Azure"',
      },
      'internet-service Microsoft-Azure: which hosts are in it is not in this file',
    ],
    ['countries', { dstaddr: '"sea"' }, 'address "sea" (geography)'],
    ['names that nobody defines', { dstaddr: '"nowhere"' }, 'address "nowhere" is not in this file'],
    ['a group of itself', { dstaddr: '"round"' }, 'groups more than 32 deep'],
    [
      'all destinations but some',
      { dstaddr: '"azure"', 'dstaddr-negate': 'enable' },
      'all destinations but 20.33.0.0/16',
    ],
    [
      'services that nobody defines',
      { service: '"constructor"' },
      'service "constructor" is not in this file',
    ],
    ['hours', { schedule: '"weekdays"' }, 'schedule weekdays'],
    ['who is there', { groups: '"staff"' }, 'groups staff'],
    ['lists of web sites', { 'webfilter-profile': '"strict"' }, 'webfilter-profile strict'],
    ['applications', { 'application-list': '"block-p2p"' }, 'application-list block-p2p'],
    [
      'where TLS is ended',
      { 'ssl-ssh-profile': '"deep-inspection"' },
      'ssl-ssh-profile deep-inspection: of which hosts it ends TLS is not read',
    ],
    ['a word of a version to come', { 'quantum-safe': 'enable' }, 'quantum-safe enable'],
    ['an interface that is not in the file', { dstintf: '"virtual-wan-link"' }, 'to virtual-wan-link'],
    ['sources that are no addresses', { srcaddr: '"sea"' }, 'sources address "sea" (geography)'],
    ['no service', { service: undefined }, 'it names nothing that it is about'],
    ['no destination', { dstaddr: undefined }, 'it names no destination'],
    ['a tunnel', { action: 'ipsec' }, 'action ipsec'],
  ])('%s', (_, sets, why) => {
    const { firewall, told, rules } = read(
      `${objects}${policy(edit(1, sets), edit(2, { service: '"ALL"' }))}`,
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(why);
    expect(rules[0]).toMatchObject({ unclear: expect.stringContaining(why) });
    // A policy behind it that allows all is not said to decide.
    if (!rules[0]?.allow) expect(judged(firewall, '20.33.0.1', 443)).toBeUndefined();
  });

  it('of a list the part that is known is known', () => {
    const { rules, firewall } = one({ dstaddr: '"azure" "sea"' });
    expect(rules).toMatchObject([
      { allow: '20.33.0.0/16' },
      { allow: 'any', unclear: 'address "sea" (geography)' },
    ]);
    expect([judged(firewall, '20.33.0.1', 443), judged(firewall, '20.34.0.1', 443)]).toEqual([
      'allow',
      undefined,
    ]);
  });

  it.each<[keyof ImportOptions, Record<string, string>]>([
    ['comesBy', { srcintf: '"port2"' }],
    ['goesBy', { dstintf: '"wan1"' }],
    ['serverAddress', { srcaddr: '"connector"' }],
  ])('what is not given with %s', (option, sets) => {
    const { told, firewall } = one(sets, { ...given, [option]: undefined });
    expect(told).toEqual([expect.stringMatching(/--(comes-by|goes-by|server-address)/)]);
    expect(judged(firewall, '20.33.0.1', 443)).toBeUndefined();
  });
});

describe('a file that is not as it should be', () => {
  it.each([
    [
      'ends in the middle',
      `config firewall policy\n${edit(1)}    edit 2\n        set action deny\n`,
      'it ends in the middle',
    ],
    [
      'has a quote that nobody closes',
      `${policy(edit(1))}config firewall address\n    edit "a\nend\n`,
      'a quote that nobody closes',
    ],
    ['moves its policies', policy(edit(1), edit(2), '    move 2 before 1\n'), 'not known here'],
    [
      'has rules of another kind',
      `${policy(edit(1))}config firewall security-policy\n    edit 1\n    next\nend\n`,
      'are not read',
    ],
  ])('%s: nothing of it is judged', (_, text, why) => {
    const { told, firewall } = read(text);
    expect(told.join()).toContain(why);
    expect(judged(firewall, '20.33.0.1', 443)).toBeUndefined();
  });

  it('has several virtual domains: it is asked for one of them', () => {
    const domain = (name: string) => `config vdom\nedit ${name}\n${policy(edit(1))}next\nend\n`;
    expect(
      read(`config vdom\nedit root\nnext\nedit guests\nnext\nend\n${domain('root')}${domain('guests')}`),
    ).toMatchObject({
      understood: 0,
      told: [expect.stringContaining('several virtual domains have policies (root, guests)')],
    });
    expect(read(`config global\n${objects}end\n${domain('root')}`)).toMatchObject({
      understood: 1,
      told: [],
    });
  });

  it('has no policy', () => {
    expect(read(objects)).toMatchObject({ understood: 0, told: [expect.stringContaining('no policy')] });
  });

  it('was copied from a terminal, with comments over several lines', () => {
    const text = `FGT-1 (root) # show firewall policy\n${policy(edit(1, { comments: '"one \\"quote\\",\nand edit 9\nend"' }), edit(2, { action: 'deny' }))}\nFGT-1 (root) # \n`;
    expect(read(text)).toMatchObject({ told: [], understood: 2, lines: [3, 15] });
  });
});
