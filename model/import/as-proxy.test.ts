import { expect, it } from 'vitest';
import { combine } from './combine.js';
import { csv } from './csv.js';
import { iptables } from './iptables/index.js';

const table = (text: string) => csv.read({ file: 'hosts.csv', text }, {});

it('makes a table of hosts what a proxy lets through, with the line of each', () => {
  const site = combine([table('host;port;action\n*.a.test;443;allow\nb.test;80;reject\n')], 'x', 'proxy');
  expect(site).toEqual({
    site: 'x',
    proxy: {
      address: 'proxy.contoso.test:8080',
      default: 'deny',
      rules: [
        { allow: '*.a.test', port: [443], source: { file: 'hosts.csv', line: 2 } },
        { deny: 'b.test', port: [80], source: { file: 'hosts.csv', line: 3 } },
      ],
    },
  });
});

it('does not judge by addresses, which a proxy is not asked for', () => {
  const { proxy } = combine([table('host;port\n13.64.0.0/16;443\n')], 'x', 'proxy');
  expect(proxy?.rules).toMatchObject([
    { allow: '13.64.0.0/16', unclear: expect.stringContaining('an address') },
  ]);
});

it('takes the name that another file says, and nothing of a packet filter', () => {
  const text = '*filter\n:FORWARD DROP [0:0]\n-A FORWARD -p tcp --dport 443 -j ACCEPT\nCOMMIT\n';
  const rules = iptables.read({ file: 'edge.rules', text }, {});
  const told = { site: { proxy: { address: 'gate.test:8080' } }, understood: 1, notUnderstood: [] };
  const site = combine([rules, table('a.test;443\n'), told], 'x', 'proxy');
  expect(site.firewall).toBeUndefined();
  expect(site.proxy).toMatchObject({ address: 'gate.test:8080', rules: [{ allow: 'a.test' }] });
});
