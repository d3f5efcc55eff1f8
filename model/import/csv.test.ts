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
  expect(notUnderstood).toMatchObject([{ line: 5 }]);
  expect(read(text).rules).toMatchObject([{ allow: 'any' }, { allow: 'a.test' }, { allow: 'b.test' }]);
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

it('is not endless where a quote is never closed', () => {
  const { told } = read(`host;port\n"${'a.test;443\n'.repeat(200_000)}`);
  expect(told).toMatchObject([expect.stringContaining('no table')]);
});
