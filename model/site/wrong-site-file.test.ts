import { describe, expect, it } from 'vitest';
import { parseSite } from './read.js';
import { problem } from './testing.js';

const application = (name: string) =>
  `  - { name: ${name}, external: "https://${name}.msappproxy.net", internal: "http://${name}.a.test" }\n`;

describe('a wrong site file gets its place and the nearest right word', () => {
  it.each([
    [
      'an unknown key',
      'site: x\nfirewal:\n  default: drop\n',
      'site.yaml:2:1: firewal: unknown key; did you mean "firewall"?',
    ],
    ['no name', 'firewall: { default: drop }\n', 'site: is missing'],
    ['broken YAML', 'site: x\nfirewall: [\n', 'site.yaml:'],
    ['a duplicate key', 'site: x\nsite: y\n', 'site.yaml:2:1: the key site is here already'],
    ['a custom tag', 'site: !!js/function x\n', 'is not allowed in a site file'],
    ['several documents', 'site: x\n---\nsite: y\n', 'several documents'],
    ['nothing', '', 'is empty'],
    ['tabs', 'site: x\nfirewall:\n\tdefault: drop\n', 'site.yaml:3:1: Tabs are not allowed as indentation'],
    ['bytes', 'site: x\0', 'is not text'],
    ['a merge key', 'site: x\nfirewall: { <<: { default: drop } }\n', 'firewall.<<: unknown key'],
    ['an alias of nothing', 'site: *no\n', 'site.yaml:1:7: the alias *no names nothing above it'],
    ['a mapping as a key', '? { a: b }\n: x\n', 'a key is a word'],
    [
      'an alias of itself',
      'site: x\nservers: &a [*a]\n',
      'site.yaml:2:14: the alias *a is inside what it names',
    ],
    ['a list', '- site: x\n', 'a site file is a mapping'],
  ])('%s', (_, text, message) => {
    expect(problem(text)).toContain(message);
  });

  it('tells every wrong address at once, whatever else is wrong, from top to bottom', () => {
    const text = `site: x
servers: [{ name: s, host-firewall: { rules: [{ allow: 300.1.1.1 }] } }]
proxy: { address: "proxy.test:99999", rules: [{ allow: ["198.18.1.1/40"] }, { deny: a.test, except: [1.2.3] }] }
firewall:
  rules:
    - { allow: 198.18.1.9-198.18.1.2 }
    - { allow: [198.18.1.1, 300.1.1.2, a.test] }
    - { allow: Documentd }
inspection: { except: ["010.1.1.1"] }
resolver:
  zones: { contoso.test: 198.18.300.0/24 }
  faults: [{ name: a.test, answer: wrong-address, address: 10.0.0 }, { name: b.test, answer: timeout, address: 10.0.0.1 }]
private-access: { resources: [{ host: 1.2.3.4.5, ports: [1] }], quick-access: { segments: [{ to: 300.1.1.1, ports: 443 }, { to: a.test, ports: 9-8 }] } }
`;
    expect(problem(text).split('\n')).toEqual([
      'site.yaml:2:49: servers[0].host-firewall.rules[0].allow: "300.1.1.1" is not an address, a CIDR or a range',
      'site.yaml:3:10: proxy.address: there is no port 99999; ports go from 1 to 65535',
      'site.yaml:3:57: proxy.rules[0].allow[0]: "198.18.1.1/40" is not an address, a CIDR or a range',
      'site.yaml:3:102: proxy.rules[1].except[0]: "1.2.3" is not an address, a CIDR or a range',
      'site.yaml:6:9: firewall.rules[0].allow: "198.18.1.9-198.18.1.2" ends before it begins; did you mean "198.18.1.2-198.18.1.9"?',
      'site.yaml:7:29: firewall.rules[1].allow[1]: "300.1.1.2" is not an address, a CIDR or a range',
      expect.stringContaining(
        'site.yaml:8:9: firewall.rules[2].allow: no service tag is called "Documentd"; did you mean "documented"?',
      ),
      'site.yaml:9:24: inspection.except[0]: "010.1.1.1" is not an address, a CIDR or a range',
      expect.stringContaining('resolver.zones.contoso.test: "198.18.300.0/24" is neither an address nor'),
      expect.stringContaining('resolver.faults[0].address: "10.0.0" is not an address such as'),
      expect.stringContaining('resolver.faults[1].address: only "wrong-address" gives an address'),
      expect.stringContaining('private-access.resources[0].host: "1.2.3.4.5" is not an address'),
      expect.stringContaining('private-access.quick-access.segments[0].to: "300.1.1.1" is not an address'),
      expect.stringContaining('segments[1].ports: "9-8" ends before it begins; did you mean "8-9"?'),
    ]);
  });

  it('tells what is there twice, where each has to mean one thing', () => {
    const text = `site: x
servers: [{ name: s }, { name: S }]
connector-groups: [{ name: G, servers: [s] }, { name: G, servers: [s] }]
applications:
${application('a')}${application('a')}tenant: { users: [{ name: u }, { name: u }] }
private-access: { resources: [{ host: f.test, ports: [1] }, { host: F.test, ports: [2] }] }
`;
    expect(problem(text).split('\n')).toEqual([
      'site.yaml:2:26: servers[1].name: a second server called "S"',
      'site.yaml:3:49: connector-groups[1].name: a second connector group called "G"',
      'site.yaml:3:68: connector-groups[1].servers[0]: "s" is in the group "G" already; a server is in one',
      'site.yaml:6:7: applications[1].name: a second application called "a"',
      'site.yaml:6:16: applications[1].external: a second application at "https://a.msappproxy.net"',
      'site.yaml:7:34: tenant.users[1].name: a second user called "u"',
      'site.yaml:8:63: private-access.resources[1].host: a second resource called "F.test"',
    ]);
  });

  it.each([
    ['inspection: { except: [LIST] }', 'site.yaml:2:15: inspection.except'],
    ['firewall: { rules: [{ allow: a.b, port: [LIST] }] }', 'site.yaml:2:35: firewall.rules[0].port'],
    ['resolver: { faults: [LIST] }', 'site.yaml:2:13: resolver.faults'],
    ['resolver: { zones: { MAP } }', 'site.yaml:2:13: resolver.zones'],
    ['connector-groups: [LIST]', 'site.yaml:2:1: connector-groups'],
    ['nonsense: [LIST]', 'site.yaml:2:1: nonsense'],
  ])('refuses a list without end in one line: %s', (text, place) => {
    const numbers = Array.from({ length: 60_000 }, (_, index) => index + 1);
    const file = `site: x\n${text.replace('LIST', numbers.join(',')).replace('MAP', numbers.map((one) => `a${one}: 1`).join(','))}\n`;
    expect(problem(file)).toBe(`${place}: 10000 entries at most, found 60000`);
  });

  it('tells every problem at once', () => {
    expect(problem('site: x\nfirewal: 1\nproxi: 2\n').split('\n')).toHaveLength(2);
  });

  it('does not let the file write to the terminal', () => {
    expect(problem('site: x\n"\\e[31mred": 1\n')).toContain('\uFFFD[31mred: unknown key');
  });

  it.each([
    ['closed lists', `site: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['open lists', `site: ${'['.repeat(500_000)}\n`],
    ['lists in one line', `${'- '.repeat(20_000)}\n`],
    ['mappings', Array.from({ length: 1200 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('refuses %s within each other', (_, text) => {
    expect(problem(text)).toBe('site.yaml: is nested deeper than 100 levels; no site file is');
  });

  it('tells the first of very many problems', () => {
    const keys = Array.from({ length: 9_000 }, (_, index) => `k${index}: 1`);
    const lines = problem(`site: x\n${keys.join('\n')}\n`).split('\n');
    expect(lines.length).toBeGreaterThan(5);
    expect(Buffer.byteLength(lines.join('\n'))).toBeLessThanOrEqual(2000);
    expect(lines.at(-1)).toBe('site.yaml: and 8950 more problems');
  });

  it('reads past a byte order mark, and anchors that are used fairly', () => {
    const text =
      '\uFEFFsite: x\nservers: [{ name: &it s }]\nconnector-groups: [{ name: G, servers: [*it] }]\n';
    expect(parseSite(text, 'site.yaml')['connector-groups'][0]?.servers).toEqual(['s']);
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
    ];
    expect(problem(`${bomb.join('\n')}\nsite: x\n`)).toContain('aliases stand for too many nodes');
  });
});
