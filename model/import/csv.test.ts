import { expect, it } from 'vitest';
import { csv } from './csv.js';

const read = (text: string) => {
  const { edge, notUnderstood, understood } = csv.read({ file: 'hosts.csv', text }, {});
  return {
    rules: edge?.rules ?? [],
    told: notUnderstood.map(({ line, why }) => `${line}: ${why}`),
    understood,
  };
};
const at = (line: number) => ({ source: { file: 'hosts.csv', line } });

it.each([
  ['semicolons', 'Host;Port\n*.msappproxy.net;443\n'],
  ['commas', 'Destination,Port(s),Comment\n*.msappproxy.net,443,"for ""us"""\n'],
  ['tabs and line ends of Windows', '\uFEFFFQDN\tService\r\n*.msappproxy.net\thttps\r\n'],
  ['a URL', 'URL;Port;Action\nhttps://*.msappproxy.net/;TCP 443;Allow\n'],
  ['no head', 'x;y\n*.msappproxy.net;443\n'.split('\n').slice(1).join('\n')],
])('reads a table with %s', (_, text) => {
  const { rules, told } = read(text);
  expect(told).toEqual([]);
  expect(rules).toEqual([{ allow: '*.msappproxy.net', port: [443], ...at(rules[0]?.source?.line ?? 0) }]);
});

it('takes several hosts of one cell, also on lines of their own, and says where the row begins', () => {
  const { rules } = read(
    'Host;Port\n"*.msappproxy.net\n*.servicebus.windows.net";80, 443\ncrl3.digicert.com;80\n',
  );
  expect(rules).toEqual([
    { allow: ['*.msappproxy.net', '*.servicebus.windows.net'], port: [80, 443], ...at(2) },
    { allow: 'crl3.digicert.com', port: [80], ...at(4) },
  ]);
});

it('takes rules with actions in their order, addresses too', () => {
  const { rules } = read(
    'destination,port,action,protocol\n20.36.0.0/16,443,deny,tcp\nany,53,allow,udp\n*,any,permit,tcp\n',
  );
  expect(rules).toEqual([
    { deny: '20.36.0.0/16', port: [443], ...at(2) },
    { allow: 'any', port: 'any', ...at(4) },
  ]);
});

it('tells every row that it does not understand, with its line', () => {
  const { told, understood } = read(
    'host;port;action\nsee ticket;443;allow\na.test;many;allow\na.test;443;perhaps\na.test;443;allow\n',
  );
  expect(told).toEqual([
    '2: no host, domain or address is in it',
    '3: "many" is no port',
    '4: "perhaps" is neither allow nor deny',
  ]);
  expect(understood).toBe(1);
});

it('closes nothing by a row that it does not understand: what hangs on it is not judged', () => {
  const { rules } = read(
    'host;port;action\na.test;many;allow\nticket 7;443;deny\nb.test;443;perhaps\na.test;443;allow\n',
  );
  expect(rules).toEqual([
    { allow: 'a.test', unclear: '"many" is no port', ...at(2) },
    { deny: 'any', port: [443], unclear: 'no host, domain or address is in it', ...at(3) },
    { deny: 'b.test', port: [443], unclear: '"perhaps" is neither allow nor deny', ...at(4) },
    { allow: 'b.test', port: [443], unclear: '"perhaps" is neither allow nor deny', ...at(4) },
    { allow: 'a.test', port: [443], ...at(5) },
  ]);
});

it.each([
  ['443/tcp', [443]],
  ['tcp-443', [443]],
  ['TCP_443', [443]],
  ['443 (TCP)', [443]],
  ['443/HTTPS', [443]],
  ['HTTPS (443), HTTP (80)', [443, 80]],
  ['TCP: 80, 443', [80, 443]],
  ['8000 \u2013 8100', ['8000-8100']],
  ['Port 443', [443]],
])('reads the ports of %s', (cell, port) => {
  expect(read(`host;port\na.test;"${cell}"\n`).rules).toEqual([{ allow: 'a.test', port, ...at(2) }]);
});

it('leaves out what is about UDP or comes from outside', () => {
  const { rules, told } = read(
    'host,port,direction\na.test,443/udp,Outbound\nany,443,Inbound\nb.test,443,Outbound\n',
  );
  expect(told).toEqual([]);
  expect(rules).toEqual([{ allow: 'b.test', port: [443], ...at(4) }]);
});

it('leaves out what is another machine’s, where it is said whose it is read for', () => {
  const text =
    'source;destination;port;action\n10.9.0.0/16;any;443;allow\n10.1.1.0/24;a.test;443;allow\nconnectors;b.test;443;allow\nRegistration;;;\n';
  const { edge, notUnderstood } = csv.read({ file: 'hosts.csv', text }, { serverAddress: '10.1.1.7' });
  expect(edge?.rules).toMatchObject([{ allow: 'a.test' }, { allow: 'b.test' }]);
  expect(notUnderstood).toMatchObject([{ line: 4, why: expect.stringContaining('connectors') }, { line: 5 }]);
  const unknown = { unclear: expect.stringContaining('--server-address') };
  expect(read(text).rules).toMatchObject([
    { allow: 'any', ...unknown },
    { allow: 'a.test', ...unknown },
    { allow: 'b.test', ...unknown },
  ]);
  expect(read('source;destination;port\nLAN;a.test;443\nLAN;b.test;443\n').told).toEqual([]);
});

it('takes a status for an action where that is all it says', () => {
  expect(read('url,port,status\na.test,443,Allowed\nb.test,443,Blocked\n').rules).toMatchObject([
    { allow: 'a.test' },
    { deny: 'b.test' },
  ]);
  expect(read('url,port,status\na.test,443,done\nb.test,443,open\n').rules).toMatchObject([
    { allow: 'a.test' },
    { allow: 'b.test' },
  ]);
});

const allowsA = { allow: 'a.test', port: [443] };
const deniesB = { deny: 'b.test', port: [443] };

it.each([
  ['German', 'Lfd. Nr.;Zielhost;Zielport;Aktion\n1;a.test;443;erlaubt\n2;b.test;443;Verboten\n'],
  ['French', 'Hôte;Port;Décision;Action\na.test;443;;Autorisé\nb.test;443;;Bloquer\n'],
  [
    'Spanish',
    'Origen;Destino;Puerto;Acción\ncualquiera;a.test;443;Permitir\ncualquiera;b.test;443;Denegar\n',
  ],
  ['a title above them', 'Change 4711;;\n;;\nHost;Port;Action\na.test;443;allow\nb.test;443;deny\n'],
  [
    'two lines of them',
    ';Destination;Destination;;\n#;FQDN;Port;Protocol;Action\n1;a.test;443;TCP;permit\n2;b.test;443;TCP;deny\n',
  ],
  [
    'a name and ports of both ends',
    'Rule Name,Source Port,Destination Address,Destination Port,Action\nx y,any,a.test,443,Allow\nz,any,b.test,443,Deny\n',
  ],
  ['a line for a program', 'sep=;\nHost;Port;Action\na.test;443;allow\nb.test;443;block\n'],
  ['an answer for each row', 'FQDN,Port,Blocked?\na.test,443,No\nb.test,443,Yes\n'],
  ['words of which none is known', 'Welcher;Wohin;Was\na.test;443;erlaubt\nb.test;443;gesperrt\n'],
])('reads heads in %s', (_, text) => {
  expect(read(text).rules).toMatchObject([allowsA, deniesB]);
});

it('is not led astray by commas within cells, nor by numbers in front of rows', () => {
  const { rules } = read('Host;Port\na.test,b.test,c.test,d.test;443,80\ne.test,f.test;443\n');
  expect(rules).toMatchObject([{ allow: ['a.test', 'b.test', 'c.test', 'd.test'], port: [443, 80] }, {}]);
  expect(read('80,a.test,443\n81,b.test,443\n').rules).toMatchObject([allowsA, { port: [443] }]);
});

it('leaves out rows that are switched off, and comments', () => {
  const text = 'Enabled,Host,Port\nyes,a.test,443\nno,b.test,443\n# c.test,443\n';
  expect(read(text)).toMatchObject({ rules: [allowsA], told: [] });
  expect(read('State;Host;Port;Status\n;a.test;443;aktiv\n;b.test;443;deaktiviert\n').rules).toMatchObject([
    allowsA,
  ]);
});

it('does not judge a row with a condition: users, hours, zones', () => {
  for (const head of ['User', 'Schedule', 'Source Zone', 'Valid until']) {
    const { rules } = read(`${head};Host;Port\nany;a.test;443\nadmins;b.test;443\n`);
    expect(rules, head).toMatchObject([
      allowsA,
      { allow: 'b.test', unclear: expect.stringContaining('admins') },
    ]);
  }
});

it('asks rows by their priorities, where they have them', () => {
  const text = 'Priority,Name,Port,Destination,Action\n4096,rest,any,any,Deny\n100,us,443,a.test,Allow\n';
  expect(read(text).rules).toMatchObject([allowsA, { deny: 'any' }]);
});

it('does not know what is closed where only some rows say so, and leaves the rest of what is closed open', () => {
  const { rules } = read('Host;Port;Action\nb.test;443;deny\nc.test;443;\n');
  expect(rules).toMatchObject([
    deniesB,
    { deny: 'c.test', unclear: expect.any(String) },
    { allow: 'c.test' },
  ]);
  const { edge } = csv.read({ file: 'a.csv', text: 'Blocked Domain,Why\nb.test,games\n' }, {});
  expect(edge).toMatchObject({ default: 'allow', rules: [{ deny: 'b.test' }] });
});

it('takes ports of a URL for that host alone, and an empty cell for the port above or for all', () => {
  const { rules } = read('URL,Use\nhttps://a.test/* http://b.test,x\n');
  expect(rules).toMatchObject([allowsA, { allow: 'b.test', port: [80] }]);
  expect(read('Host,Port\na.test,443\nb.test,\n').rules).toMatchObject([
    allowsA,
    { allow: 'b.test', port: [443] },
    { allow: 'b.test', unclear: expect.stringContaining('no port') },
  ]);
});

it.each([
  ['443 & 80', [443, 80]],
  ['TCP 443 / UDP 53', [443]],
  ['443/udp, 80/tcp', [80]],
  ['443 (TCP/UDP)', [443]],
  ['0-65535', ['1-65535']],
  ['> 1023', ['1024-65535']],
  ['80 to 81', ['80-81']],
])('reads the ports of %s', (cell, port) => {
  expect(read(`host;port\na.test;"${cell}"\n`).rules).toMatchObject([{ allow: 'a.test', port }]);
});

it('refuses a list of the console of the Windows firewall, whose order is not what decides', () => {
  const head = 'Name\tEnabled\tAction\tProgram\tLocal Port\tRemote Address\tRemote Port';
  expect(read(`${head}\nx\tYes\tBlock\tAny\tAny\tAny\t80\n`)).toMatchObject({ rules: [], understood: 0 });
});

it('is not endless where a quote is never closed', () => {
  const { told } = read(`host;port\n"${'a.test;443\n'.repeat(200_000)}`);
  expect(told).toMatchObject([expect.stringContaining('no table')]);
});
