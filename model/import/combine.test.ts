import { expect, it } from 'vitest';
import { combine } from './combine.js';
import { csv } from './csv.js';

const table = (text: string) => csv.read({ file: 'rules.csv', text }, {});

it('takes a list of networks that are nobody’s for no rule about the hosts of a lab', () => {
  const rules =
    'host;port;action\n10.0.0.0/8;any;deny\n198.18.0.0/15;any;deny\n"198.18.0.0/16, 127.0.0.0/8";any;deny\n198.19.4.4;80;allow\nany;443;allow\n';
  const { firewall } = combine([table(rules)], 'x');
  expect(firewall?.rules).toMatchObject([
    { deny: '10.0.0.0/8', source: { line: 2 } },
    { deny: ['127.0.0.0/8'], source: { line: 4 } },
    { allow: 'any', source: { line: 6 } },
  ]);
  const { servers } = combine([table(rules)], 'x', 'server');
  expect(servers?.[0]?.['host-firewall']?.rules).toHaveLength(3);
});
