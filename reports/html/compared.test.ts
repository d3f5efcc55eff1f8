import { describe, expect, it } from 'vitest';
import { comparedSample, partialSample, repeatedSample } from '../../model/verdict/sample/compared.js';
import { go, noBrowser, useReportBrowser } from './testing.js';

describe.skipIf(noBrowser !== undefined)('a run beside others, in a browser', () => {
  const { open } = useReportBrowser();

  it('tells what is different from the baseline, what deviates first', async () => {
    const page = await open(comparedSample());
    expect(await page.locator('.closing').innerText()).toBe(
      '4 scenarios deviate from the baseline; 2 fail as declared or as before.',
    );
    const rows = page.locator('.changes tbody tr');
    const told = await rows.evaluateAll((all) =>
      all.map((row) => [
        row.querySelector('.badge')?.textContent,
        row.querySelector('code')?.textContent,
        row.querySelector('.bad') !== null,
      ]),
    );
    expect(told).toEqual([
      ['fails now', 'hosts/broken-now', true],
      ['fails for another reason', 'tls/other-reason', true],
      ['declaration is over', 'tls/over', true],
      ['was not run', 'link/not-run', true],
      ['fails as declared', 'tls/declared', false],
      ['fails as before', 'tls/known', false],
      ['fixed', 'hosts/fixed', false],
      ['slower', 'hosts/slow', false],
    ]);
    expect(await rows.nth(1).innerText()).toMatch(/observed tcp-drop.*observed tcp-reset/s);
    expect(await rows.nth(7).innerText()).toMatch(/took 900 ms\s+took 12840 ms, 14.3 times as long/);
    // Told once only, and what is as before not at all.
    expect(await page.getByRole('heading', { name: 'Not as expected' }).count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toContain('hosts/same');
  });

  it('shows one kind of change only, which is in the address', async () => {
    const page = await open(comparedSample());
    await page.getByLabel('Change').selectOption('slower');
    expect(await page.locator('.changes tbody code').allInnerTexts()).toEqual(['hosts/slow']);
    expect(page.url()).toMatch(/#\/\?change=slower$/);
    await page.reload();
    expect(await page.locator('.changes tbody code').allInnerTexts()).toEqual(['hosts/slow']);
  });

  it('says of a declared failure who declared it, until when, and whether that is over', async () => {
    const page = await open(comparedSample(), '#/scenario/tls/declared');
    const notice = page.locator('.notice.bad');
    expect(await notice.innerText()).toContain(
      'Declared as expected until 2027-01-31: proxy team, ticket 4711',
    );
    await go(page, '#/scenario/tls/over');
    expect(await notice.innerText()).toContain(
      'Declared until 2026-11-01, which is over: proxy team, ticket 4700',
    );
    await go(page, '#/scenario/tls/known');
    expect(await notice.innerText()).not.toContain('Declared');
  });

  it('calls declared failures by their name where there is no earlier run', async () => {
    const { results, events } = comparedSample();
    const { of, ...declared } = results.baseline ?? { slowerFactor: 2, changes: [] };
    const page = await open({ results: { ...results, baseline: declared }, events });
    expect(await page.locator('#changes h2').innerText()).toBe('Beside what is declared');
    expect(await page.locator('#changes th').allInnerTexts()).toEqual(['Change', 'Scenario', 'Now']);
  });

  it('tells of a repeated scenario how often it failed, why, and which repetition is shown', async () => {
    const page = await open(repeatedSample());
    expect(await page.locator('.facts').innerText()).toMatch(/Flaky\s+1/);
    await page.getByRole('link', { name: 'verify/signalling' }).click();
    expect(await page.locator('.notice').first().innerText()).toMatch(
      /failed 3 of 5 times: .*tcp-drop by edge-firewall \(no\. 2, 5\); .*tcp-reset by edge-firewall \(no\. 4\)/,
    );
    expect(await page.locator('.repetitions li').allInnerTexts()).toEqual([
      '1 passed',
      '2 failed',
      '3 passed',
      '4 failed',
      '5 failed',
    ]);
    expect(await page.locator('.repetitions [aria-current]').innerText()).toBe('2 failed');
    expect(await page.locator('.repetitions').innerText()).toContain(
      'Below is no. 2, the first that failed.',
    );
    await go(page, '#/scenario/hosts/steady');
    expect(await page.locator('.repetitions').innerText()).toContain(
      'Run 5 times, with the same outcome. Below is no. 1.',
    );
    await go(page, '#/scenarios?outcome=flaky');
    expect(await page.locator('.scenarios li').count()).toBe(1);
  });

  it('says first that a run is partial, and what is missing', async () => {
    const page = await open(partialSample());
    const notice = await page.locator('.notice').first().innerText();
    for (const part of [
      'Partial: the run was killed.',
      'Not here: shard 2.',
      'Under way when it ended: tls/products#squid, client certificate lost.',
      '2 scenarios were not started',
    ])
      expect(notice).toContain(part);
    const closing = page.locator('.closing');
    expect(await closing.innerText()).toBe(
      'Of what had finished: 1 scenario deviates from what is expected.',
    );
    await page.getByText('2 scenarios were not started').click();
    expect(await page.locator('.notice').first().innerText()).toContain('verify/event-log');
    const whole = await open(repeatedSample());
    expect(await whole.getByText('Partial').count()).toBe(0);
  });
});
