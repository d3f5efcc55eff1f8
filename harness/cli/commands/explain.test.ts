import { expect, it } from 'vitest';
import { lab } from '../testing.js';

it('explains a row of a host: page, strength, what breaks, host and port, and what proves it', async () => {
  const { code, stdout } = await lab(['explain', 'hosts/ocsp.digicert.com/80']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^hosts\/ocsp\.digicert\.com\/80\nocsp\.digicert\.com .*\n\n/);
  for (const [name, value] of [
    ['Strength', 'must'],
    ['Section', 'Prerequisites › .* › Allow access to URLs'],
    ['Page', 'How to configure .* \\(2023-08-09\\)\n +https://learn\\.microsoft\\.com/\\S+'],
    ['Opens', 'ocsp\\.digicert\\.com:80'],
    ['Broken', 'Without it, .+'],
    ['Proved by', 'hosts/necessity#ocsp\\.digicert\\.com:80'],
  ])
    expect(stdout).toMatch(new RegExp(`^${name} +${value}$`, 'm'));
});

it('gives the page that a requirement is on, and all that proves it, as JSON', async () => {
  const { code, stdout } = await lab(['explain', 'cloud/government-hosts', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    id: 'cloud/government-hosts',
    page: { title: expect.stringContaining('Government'), date: '2025-04-09' },
    provedBy: expect.arrayContaining(['cloud/government-hosts#its own list']),
  });
});

it('says so where no page says it', async () => {
  const { stdout } = await lab(['explain', 'hidden/aia-hosts']);
  expect(stdout).toMatch(/^Section +not on the page$/m);
  expect(stdout).not.toMatch(/^(Page|Opens)/m);
});

it('knows the nearest to an unknown id', async () => {
  const { code, stderr, stdout } = await lab(['explain', 'tls/no-inspektion']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('did you mean tls/no-inspection?');
});
