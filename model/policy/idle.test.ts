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

it('where nothing forgets, nothing is forgotten', () => {
  const site = completeSite({ site: 'No timer', firewalls: [{ name: 'branch' }, { name: 'cloud' }] });
  expect(idleTimers(site)).toEqual([]);
  expect(firstToForget(site)).toBeUndefined();
});

it('what forgot a connection says so, and after how long', () => {
  expect(idleTimers(completeSite({ site: 'One', firewall: { 'idle-timeout': '10m' } }))).toEqual([
    {
      ms: 600_000,
      expires: {
        ...{ device: 'edge-firewall', action: 'expire', rule: 'idle-timeout 10m' },
        explanation: 'no traffic for 600 s, so the connection was forgotten',
      },
    },
  ]);
  expect(idleTimers(completeSite({ site: 'Link', link: { 'idle-timeout': '3m' } }))).toEqual([
    {
      ms: 180_000,
      expires: {
        ...{ device: 'link', action: 'expire', rule: 'idle-timeout 3m' },
        explanation: 'no traffic for 180 s, so the connection was forgotten',
      },
    },
  ]);
});

it('of two that forget after the same time the nearer one does', () => {
  const site = completeSite({
    site: 'The same',
    firewalls: [
      { name: 'branch', 'idle-timeout': '2m' },
      { name: 'cloud', 'idle-timeout': '2m' },
    ],
  });
  expect(firstToForget(site)?.firewall).toBe('branch');
});
