import { expect, it } from 'vitest';
import { readTableText as read } from './testing.js';

const opened = [
  { allow: 'a.test', port: [443] },
  { allow: 'b.test', port: [80] },
  { allow: 'c.test', port: [80, 443] },
];

it.each([
  ['crosses', 'Host;80;443\na.test;;x\nb.test;x;\nc.test;x;x\n'],
  ['ticks', 'Host;TCP/80;TCP/443\na.test;;✓\nb.test;✓;\nc.test;✓;✓\n'],
  ['yes and no', 'FQDN,Port 80,Port 443\na.test,no,yes\nb.test,yes,no\nc.test,yes,yes\n'],
  ['German words', 'Ziel;80/tcp;443/tcp\na.test;nein;ja\nb.test;ja;nein\nc.test;ja;ja\n'],
  ['coloured signs', 'Host,HTTP (80),HTTPS (443)\na.test,❌,✅\nb.test,✅,❌\nc.test,✅,✅\n'],
  ['boxes with ticks and crosses', 'Host;80;443\na.test;☒;☑\nb.test;☑;☒\nc.test;☑;☑\n'],
  ['boxes with crosses or nothing', 'Host;80;443\na.test;☐;☒\nb.test;☒;☐\nc.test;☒;☒\n'],
  ['the ports themselves', 'Host;80;443\na.test;;443\nb.test;80;\nc.test;80;443\n'],
  ['protocols', 'Host;80;443\na.test;-;TCP\nb.test;TCP;UDP\nc.test;TCP;TCP/UDP\n'],
  ['names of services', 'Host,HTTP,HTTPS\na.test,,x\nb.test,x,\nc.test,x,x\n'],
  ['a line above them', 'Host;Ports;\n;80;443\na.test;;x\nb.test;x;\nc.test;x;x\n'],
  ['a title above them', ';Ports;\nHost;80;443\na.test;;x\nb.test;x;\nc.test;x;x\n'],
  ['a head of hosts in other words', 'Wohin?;80;443\na.test;;x\nb.test;x;\nc.test;x;x\n'],
  ['ports of UDP beside them', 'Host;80;443;UDP 443\na.test;;x;x\nb.test;x;;\nc.test;x;x;\n'],
])('opens the ports that are ticked below their numbers, and no others: %s', (_, text) => {
  expect(read(text)).toEqual({ default: 'drop', rules: opened, told: [] });
});

it('opens hosts on the port above them, where ports are columns of hosts', () => {
  expect(read('80;443\nb.test;a.test\nc.test;c.test\n;d.test\n')).toEqual({
    default: 'drop',
    rules: [
      { allow: 'b.test', port: [80] },
      { allow: 'a.test', port: [443] },
      { allow: 'c.test', port: [80] },
      { allow: 'c.test', port: [443] },
      { allow: 'd.test', port: [443] },
    ],
    told: [],
  });
});

it('opens nothing for a row in which nothing is ticked, and the port that its host names', () => {
  expect(read('Host;80;443\na.test;;x\nb.test;;\nc.test:8443;;\n').rules).toEqual([
    { allow: 'a.test', port: [443] },
    { allow: 'c.test', port: [8443] },
  ]);
});

it('closes what a cell says is closed, and does not judge what nobody can read', () => {
  expect(read('Host;80;443\na.test;blocked;open\nb.test;ask Joe;x\n')).toMatchObject({
    rules: [
      { allow: 'a.test', port: [443] },
      { deny: 'a.test', port: [80] },
      { allow: 'b.test', port: [80, 443], unclear: expect.stringContaining('ask Joe') },
    ],
    told: [3],
  });
});

it('reads such columns behind actions, and beside one for other ports', () => {
  expect(read('Host;80;443;Action\na.test;;x;Allow\nb.test;x;x;Deny\n').rules).toEqual([
    { allow: 'a.test', port: [443] },
    { deny: 'b.test', port: [80, 443] },
  ]);
  expect(read('Host;80;443;Port\na.test;;x;\nb.test;x;;8080\n')).toMatchObject({
    rules: [
      { allow: 'a.test', port: [443] },
      { allow: 'b.test', port: [8080, 80] },
    ],
    told: [],
  });
});
