import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import { firstToForget, idleTimers } from './idle.js';

it('of several that forget the first one is named', () => {
  const site = completeSite({
    site: 'Three timers',
    firewalls: [
      { name: 'branch', 'idle-timeout': '10m' },
      { name: 'cloud', 'idle-timeout': '2m' },
    ],
    link: { 'idle-timeout': '3m' },
  });
  expect(idleTimers(site).map(({ expires: { rule } }) => rule)).toEqual([
    'branch: idle-timeout 10m',
    'cloud: idle-timeout 2m',
    'idle-timeout 3m',
  ]);
  expect(firstToForget(site)).toMatchObject({ ms: 120_000, firewall: 'cloud' });
});
