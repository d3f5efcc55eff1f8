import { expect, it } from 'vitest';
import { QueryLog } from './query-log.js';

it('joins the lines of each query, as dnsmasq 2.90 writes them', () => {
  const log = new QueryLog();
  const lines = `dnsmasq[26]: started, version 2.90 cache disabled
dnsmasq[26]: 1 198.18.1.10/49217 query[A] www.example.net from 198.18.1.10
dnsmasq[26]: 1 198.18.1.10/49217 forwarded www.example.net to 198.19.3.53
dnsmasq[26]: 2 198.18.1.11/49218 query[A] intranet.contoso.test from 198.18.1.11
dnsmasq[26]: 2 198.18.1.11/49218 config intranet.contoso.test is 198.18.3.1
dnsmasq[26]: 1 198.18.1.10/49217 reply www.example.net is <CNAME>
dnsmasq[26]: 1 198.18.1.10/49217 nftset add 4 inet lab edge0 198.18.64.1 edge.example.org
dnsmasq[26]: 1 198.18.1.10/49217 reply edge.example.org is 198.18.64.1
dnsmasq[26]: 3 198.18.1.10/49219 query[A] nobody.example from 198.18.1.10
dnsmasq[26]: 3 198.18.1.10/49219 forwarded nobody.example to 198.19.3.53
dnsmasq[26]: 3 198.18.1.10/49219 reply nobody.example is NXDOMAIN
dnsmasq[26]: 4 198.18.1.10/49220 query[A] silent.example from 198.18.1.10
dnsmasq[26]: 4 198.18.1.10/49220 forwarded silent.example to 198.19.3.54`;
  for (const line of lines.split('\n')) log.hear(line);
  const upstream = '198.19.3.53';
  expect(log.take()).toEqual([
    {
      name: 'www.example.net',
      from: '198.18.1.10',
      upstream,
      chain: ['www.example.net', 'edge.example.org'],
      addresses: ['198.18.64.1'],
      outcome: 'ok',
      sets: ['edge0'],
    },
    {
      name: 'intranet.contoso.test',
      from: '198.18.1.11',
      chain: ['intranet.contoso.test'],
      addresses: ['198.18.3.1'],
      outcome: 'ok',
      sets: [],
    },
    expect.objectContaining({ name: 'nobody.example', upstream, addresses: [], outcome: 'dns-nxdomain' }),
    expect.objectContaining({ name: 'silent.example', upstream: '198.19.3.54', outcome: 'dns-timeout' }),
  ]);
  expect(log.take()).toEqual([]);
});

it('gives a question that was asked while the same one was open its answer', () => {
  const log = new QueryLog();
  const lines = `dnsmasq[26]: 5 198.18.2.10/49217 query[A] www.example.net from 198.18.2.10
dnsmasq[26]: 5 198.18.2.10/49217 forwarded www.example.net to 198.19.3.53
dnsmasq[26]: 6 198.18.2.11/49218 query[A] www.example.net from 198.18.2.11
dnsmasq[26]: 5 198.18.2.10/49217 reply www.example.net is 198.18.64.1
dnsmasq[26]: 6 198.18.2.11/49218 reply query is duplicate`;
  for (const line of lines.split('\n')) log.hear(line);
  const answer = {
    addresses: ['198.18.64.1'],
    chain: ['www.example.net'],
    outcome: 'ok',
    upstream: '198.19.3.53',
  };
  expect(log.take()).toMatchObject([
    { from: '198.18.2.10', ...answer },
    { from: '198.18.2.11', ...answer },
  ]);
});
