import { describe, expect, it } from 'vitest';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { fixed } from './testing.js';

const rows = documentedHosts('public').map(({ rule, port }) => ({ host: rule.split('/')[0] ?? '', port }));
/** A table of all that the page asks for, without some of it. */
const table = (head: string, line: (host: string, port: number) => string, without: RegExp) =>
  [head, ...rows.flatMap(({ host, port }) => (without.test(`${host}:${port}`) ? [] : line(host, port)))].join(
    '\n',
  );

describe('a table', () => {
  it('gets a record for each place, before the one that closes it', () => {
    const text = `${table('Action;Host;Port;Comment', (host, port) => `Allow;${host};${port};ok`, /servicebus|digicert/)}\nDeny;*;443;rest\n`;
    const { added, left, patched } = fixed({ 'hosts.csv': text });
    expect(left).toMatchObject({ requests: [], incurable: [] });
    const lines = patched['hosts.csv']?.split('\n') ?? [];
    expect(lines.indexOf('Allow;*.servicebus.windows.net;443;')).toBe(lines.indexOf('Deny;*;443;rest') - 1);
    expect(lines.at(-2)).toMatch(/^Allow;\w+\.digicert\.com;80;$/);
    expect(added['hosts.csv']?.trim().split('\n')).toHaveLength(4);
  });

  it.each([
    [
      'quotes',
      '"Host","Port"',
      (host: string, port: number) => `"${host}","${port}"`,
      '"*.servicebus.windows.net","443"',
    ],
    [
      'tabs and a protocol',
      'port\thost\tprotocol',
      (host: string, port: number) => `${port}\t${host}\ttcp`,
      '443\t*.servicebus.windows.net\ttcp',
    ],
    [
      'spaces and TCP/',
      'Destination, Service',
      (host: string, port: number) => `${host}, TCP/${port}`,
      '*.servicebus.windows.net, TCP/443',
    ],
    [
      'no column of ports',
      'url;owner',
      (host: string, port: number) => `${host}:${port};net`,
      '*.servicebus.windows.net:443;',
    ],
    [
      'no head',
      '10.0.0.1;443',
      (host: string, port: number) => `${host};${port}`,
      '*.servicebus.windows.net;443',
    ],
  ])('is written as it is: %s', (_, head, line, expected) => {
    const { patched, left } = fixed({ 'hosts.csv': table(head, line, /servicebus/) });
    expect(left.requests).toEqual([]);
    expect(patched['hosts.csv']?.split('\n').at(-1)).toBe(expected);
  });

  it('keeps its line ends, and what stands in it otherwise', () => {
    const text = `\uFEFF${table('Host;Port', (host, port) => `${host};${port}`, /servicebus/)}\n`.replaceAll(
      '\n',
      '\r\n',
    );
    expect(fixed({ 'hosts.csv': text }).patched['hosts.csv']).toBe(`${text}*.servicebus.windows.net;443\r\n`);
  });
});

describe('iptables-save', () => {
  const rules = (...lines: string[]) =>
    ['*filter', ':FORWARD DROP [0:0]', ':OUTPUT DROP [0:0]', ':WEB - [0:0]', ...lines, 'COMMIT', ''].join(
      '\n',
    );

  it('is told in words what it cannot say: it knows no names', () => {
    const text = rules('-A FORWARD -p tcp --dport 443 -j ACCEPT');
    const { patched, leftOut, left, requests } = fixed({ 'edge.rules': text });
    expect(patched['edge.rules']).toBe(text);
    expect(leftOut).toMatchObject([
      { file: 'edge.rules', places: requests[0]?.targets.map(({ host, port }) => ({ host, port })) },
    ]);
    expect(leftOut[0]?.why).toContain('"-A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT"');
    expect(left.requests).toHaveLength(1);
  });

  it('opens ports where that is wanted, in each chain before the rule that closes', () => {
    const text = rules(
      '[7:420] -A FORWARD -p tcp --dport 443 -j WEB',
      '[0:0] -A FORWARD -p tcp --dport 80 -j REJECT',
      '[0:0] -A FORWARD -j DROP',
      '[1:60] -A WEB -j DROP',
    );
    const { patched, left } = fixed({ 'edge.rules': text }, { byPort: true, serverAddress: '10.1.2.3' });
    expect(left).toMatchObject({ requests: [], incurable: [] });
    expect(patched['edge.rules']).toBe(
      rules(
        '[7:420] -A FORWARD -p tcp --dport 443 -j WEB',
        '[0:0] -A FORWARD -s 10.1.2.3/32 -p tcp -m tcp --dport 80 -j ACCEPT',
        '[0:0] -A FORWARD -p tcp --dport 80 -j REJECT',
        '[0:0] -A FORWARD -j DROP',
        '[0:0] -A WEB -s 10.1.2.3/32 -p tcp -m tcp --dport 443 -j ACCEPT',
        '[1:60] -A WEB -j DROP',
      ),
    );
  });

  it('opens addresses where something has one: a server its way to the proxy', () => {
    const { added, left, leftOut } = fixed(
      {
        'server.rules': rules(
          '-A OUTPUT -p tcp --dport 443 -j ACCEPT',
          '-A OUTPUT -p tcp --dport 80 -j ACCEPT',
        ),
        'netsh.txt': netsh('10.1.0.5:3128'),
      },
      { as: 'server' },
    );
    expect({ added, leftOut, left: left.requests }).toMatchObject({ leftOut: [], left: [] });
    expect(added['server.rules']).toContain(
      '-A OUTPUT -d 10.1.0.5/32 -p tcp -m tcp --dport 3128 -j ACCEPT\n',
    );
  });
});

const netsh = (address: string) =>
  `Current WinHTTP proxy settings:\n\n    Proxy Server(s) :  ${address}\n    Bypass List     :  (none)\n`;

describe('nft list ruleset', () => {
  const server = (...rules: string[]) =>
    [
      'table inet filter {',
      '\tchain output {',
      '\t\ttype filter hook output priority filter; policy drop;',
      ...rules,
      '\t}',
      '}',
      '',
    ].join('\n');

  it('opens behind the last rule what the policy closes, also where that rule goes over lines', () => {
    const rules = ['\t\ttcp dport { 80,', '\t\t\t443 } accept'];
    const { patched, left, leftOut } = fixed(
      { 'server.nft': server(...rules), 'netsh.txt': netsh('10.1.0.5:3128') },
      { as: 'server' },
    );
    expect({ left: left.requests, leftOut }).toEqual({ left: [], leftOut: [] });
    expect(patched['server.nft']).toBe(server(...rules, '\t\tip daddr 10.1.0.5 tcp dport 3128 accept'));
  });

  it.each([
    [
      'on one line',
      'table ip f { chain forward { type filter hook forward priority 0; policy drop; tcp dport 443 accept; }\n}\n',
      /on one line/,
    ],
    [
      'as JSON',
      '{"nftables":[{"table":{"family":"inet","name":"fw"}},{"chain":{"family":"inet","table":"fw","name":"f","type":"filter","hook":"forward","prio":0,"policy":"drop"}}, {"rule":{"family":"inet","table":"fw","chain":"f","expr":[{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":443}},{"accept":null}]}}]}',
      /its JSON/,
    ],
  ])('is left alone where it is written %s, and why is said', (_, text, why) => {
    const { patched, leftOut, left } = fixed({ 'edge.nft': text }, { byPort: true });
    expect(patched['edge.nft']).toBe(text);
    expect(leftOut[0]?.why).toMatch(why);
    expect(left.requests).toHaveLength(1);
  });
});

describe('squid.conf', () => {
  const hosts = [...new Set(rows.map(({ host }) => host.replace('*', '')))].filter(
    (host) => host !== 'ocsp.digicert.com',
  );
  const ms = hosts
    .filter((host) => !hosts.some((one) => one !== host && one.startsWith('.') && host.endsWith(one)))
    .map((host) => `acl ms dstdomain ${host}`);
  const head = ['http_port 3128', 'acl connector_port_80 port 8080', ...ms];

  it('keeps line ends, and takes no name that is there', () => {
    const text = [...head, 'http_access allow ms', 'http_access deny all', ''].join('\r\n');
    const { patched, left } = fixed({ 'squid.conf': text, 'netsh.txt': netsh('proxy.contoso.test:3128') });
    expect(left.requests).toEqual([]);
    const added = [
      'acl connector_port_80_2 port 80',
      'acl connector_tunnel method CONNECT',
      'acl connector_hosts_80 dstdomain ocsp.digicert.com',
      'http_access allow !connector_tunnel connector_port_80_2 connector_hosts_80',
    ];
    expect(patched['squid.conf']).toBe(
      [...head, 'http_access allow ms', ...added, 'http_access deny all', ''].join('\r\n'),
    );
  });

  it('opens behind a last line that is folded what no line is about', () => {
    const text = [...head, 'http_access allow \\', '  ms', '# end', ''].join('\n');
    const { patched, left } = fixed({ 'squid.conf': text, 'netsh.txt': netsh('proxy.contoso.test:3128') });
    expect(left.requests).toEqual([]);
    expect(patched['squid.conf']).toMatch(/allow \\\n {2}ms\nacl connector_port_80_2 [\s\S]*\n# end\n$/);
  });
});
