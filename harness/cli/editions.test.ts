import { expect, it } from 'vitest';
import { lab } from './testing.js';

it('lists the editions, and says by which one sites are judged', async () => {
  const { code, stdout } = await lab(['editions']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^2023-08-09 {2}65 requirements, 25 rows of hosts; sites are judged by it$/m);
  expect(stdout).toMatch(/^2026-02-04 {2}\d+ requirements, 24 rows of hosts$/m);
});

it('says what somebody who satisfied one has to do for another, in words and as JSON', async () => {
  const { code, stdout } = await lab(['editions', '2023-08-09', '2026-02-04']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^ +The server must run Windows Server 2016 or later\.\n +before: .+ 2012 R2 or later\.$/m,
  );
  expect(stdout).toMatch(
    /^No longer asked for by this page:\n {2}hosts\/policykeyservice\.dc\.ad\.msft\.net\/443$/m,
  );
  const { stdout: json } = await lab(['editions', '2025-02-21', '--json']);
  expect(JSON.parse(json)).toMatchObject({
    from: { date: '2025-02-21' },
    to: { date: '2026-02-04' },
    gone: [],
    added: [],
    changed: [{ after: { id: 'server/os-version' } }, { after: { id: 'server/dotnet-version' } }],
  });
});

it.each([
  [['2023-08-9'], 'no edition of the requirements page is of 2023-08-9; did you mean 2023-08-09?'],
  [['2026-02-04', '2023-08-09'], 'the older one comes first'],
])('refuses %j', async (dates, words) => {
  const { code, stdout, stderr } = await lab(['editions', ...dates]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});
