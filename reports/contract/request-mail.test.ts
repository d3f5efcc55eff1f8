import { expect, it } from 'vitest';
import type { ChangeRequest } from './report.js';
import { mailOf } from './request-mail.js';

const request = (hosts: readonly string[], ask = 'Open “übermäßig & lang”?'): ChangeRequest => ({
  ...{ number: 2, administrator: 'DNS', kind: 'allow', ask, decidedBy: ['edge-firewall'] },
  ...{ rules: ['deny any'], reasons: [], servers: ['app-proxy-01'], seen: [], requirements: [], events: [] },
  targets: hosts.map((host) => ({ host, port: 443, accounts: [], observed: [], reached: true })),
});
const partsOf = (address: string) => new URL(address).searchParams;

it('a mail holds a request as text, whatever characters are in it', () => {
  const parts = partsOf(mailOf(request(['a.example']), new Map(), 'HQ: 1 thing to mend.'));
  expect(parts.get('subject')).toBe('Network change 2: Open “übermäßig & lang”?');
  expect(parts.get('body')?.split('\r\n')).toEqual([
    '2. Open “übermäßig & lang”?',
    '   From: app-proxy-01',
    '   - a.example, TCP port 443',
    '   Today: edge-firewall, rule "deny any"',
    '',
    'HQ: 1 thing to mend.',
  ]);
});

it.each([
  ['many places', request(Array.from({ length: 90 }, (_, index) => `host-${index}.example`))],
  ['long words in other scripts', request(['a.example'], '網'.repeat(4000))],
])('a mail is short enough for every program, and says what it leaves out: %s', (_what, long) => {
  const address = mailOf(long, new Map(), 'HQ: 1 thing to mend.');
  expect(address.length).toBeLessThanOrEqual(1900);
  const told = partsOf(address).get('body')?.split('\r\n') ?? [];
  const left = Number(/^(\d+) more lines do not fit/.exec(told.at(-1) ?? '')?.[1]);
  const places = told.filter((line) => line.includes('TCP port')).length;
  // The ask, the server, what decides today, a line between, the sentence of the site.
  const lines = long.targets.length + 5;
  expect(told.length - 2 + left).toBe(lines);
  expect(places).toBeLessThan(long.targets.length);
});
