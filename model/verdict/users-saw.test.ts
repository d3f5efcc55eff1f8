import { expect, it } from 'vitest';
import { documentedSite } from '../site/documented.js';
import { access, operation, visit } from './testing.js';
import { usersSaw } from './users-saw.js';

const site = documentedSite({
  applications: [
    { name: 'Intranet', internal: 'http://intranet.contoso.test/', external: 'https://a.test/' },
    { name: 'Wiki', internal: 'http://wiki.contoso.test/', external: 'https://b.test/x' },
  ] as never,
});
const on = (machine: string, more: object = {}) => operation({ machine, ...more });

it('of every application the first page that is not its own, with the events that show it', () => {
  expect(
    usersSaw(
      [
        on('s'),
        visit({ id: 'v1' }),
        visit({ id: 'v2', page: 'gateway-timeout' }),
        visit({ id: 'v3', page: 'gateway-timeout' }),
        visit({ id: 'v4', page: 'forbidden' }),
        visit({ id: 'v5', url: 'https://b.test/x' }),
        visit({ id: 'v6', url: 'https://b.test/x' }),
        visit({ id: 'v7', url: 'https://nobody.test/' }),
      ],
      site,
    ),
  ).toEqual([
    { name: 'Intranet', server: 's', saw: 'gateway-timeout', works: false, events: ['v2', 'v3'] },
    { name: 'Wiki', server: 's', saw: 'application', works: true, events: ['v5', 'v6'] },
    { name: 'https://nobody.test/', server: 's', saw: 'application', works: true, events: ['v7'] },
  ]);
});

it('of each server alone; before any did something, of the first', () => {
  const seen = usersSaw(
    [visit({ id: 'v0' }), on('t'), visit({ id: 'v1', page: 'forbidden' }), on('u'), visit({ id: 'v2' })],
    site,
  );
  expect(seen.map(({ server, saw }) => [server, saw])).toEqual([
    [site.servers[0]?.name, 'application'],
    ['t', 'forbidden'],
    ['u', 'application'],
  ]);
});

it('of every resource the first failure', () => {
  expect(
    usersSaw(
      [
        on('s'),
        access({ id: 'a1' }),
        access({ id: 'a2', outcome: 'tcp-drop' }),
        access({ id: 'a3', port: 80 }),
      ],
      site,
    ),
  ).toEqual([
    { name: 'h:445', server: 's', saw: 'tcp-drop', works: false, events: ['a2'] },
    { name: 'h:80', server: 's', saw: 'ok', works: true, events: ['a3'] },
  ]);
});

it.each(['install', 'sign-in', 'register'] as const)(
  'through a connector that was there before, where one could not %s anew',
  (what) => {
    const [failed] = usersSaw([on('s', { operation: what, outcome: 'tcp-drop' }), visit()], site);
    expect(failed?.earlier).toBe(true);
    const [worked] = usersSaw([on('s', { operation: what }), visit()], site);
    expect(worked).not.toHaveProperty('earlier');
  },
);

it('through a new one, where only something else failed', () => {
  const [seen] = usersSaw([on('s', { operation: 'listen', outcome: 'tcp-drop' }), visit()], site);
  expect(seen).not.toHaveProperty('earlier');
});
