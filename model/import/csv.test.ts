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

it('is not endless where a quote is never closed', () => {
  const { told } = read(`host;port\n"${'a.test;443\n'.repeat(200_000)}`);
  expect(told).toMatchObject([expect.stringContaining('no table')]);
});
