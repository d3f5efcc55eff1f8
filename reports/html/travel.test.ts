import { describe, expect, it } from 'vitest';
import { checkSample } from '../../model/verdict/sample/check.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { go, noBrowser, useReportBrowser, views } from './testing.js';

/** Fingers need so many pixels each way (WCAG 2.2, 2.5.8); a link within a sentence may be smaller. */
const smallTargets = `[...document.querySelectorAll('a, button, select, input, summary')]
  .filter((one) => !one.closest('p:not(.events, .links)') || one.closest('.events'))
  .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.height > 0 && box.right > 0 && (box.height < 24 || box.width < 24))
  .map(({ text, box }) => text + ' ' + box.width + '×' + box.height)`;

describe.skipIf(noBrowser !== undefined)('a report that travels', () => {
  const { open } = useReportBrowser();

  it('opens at one request by its address, which each request has', async () => {
    const page = await open(checkSample(), '#request-2');
    expect(await page.locator('.requests .target h3').innerText()).toMatch(/^2\. Set /);
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^2\. Set /);
    expect(
      await page
        .getByRole('link', { name: 'Link to this' })
        .evaluateAll((all) => all.map((one) => one.getAttribute('href'))),
    ).toEqual(['#request-1', '#request-3', '#request-2']);
    await page.getByRole('link', { name: 'Link to this' }).first().click();
    expect(await page.locator('.requests .target').getAttribute('id')).toBe('request-1');
    await go(page, '#/');
    await page.locator('.to-mend').getByRole('link', { name: '3.' }).click();
    expect(await page.locator('.requests .target h3').innerText()).toMatch(/^3\. Keep /);
  });

  it('has each request as a mail', async () => {
    const page = await open(checkSample(), '#/administrator');
    const [first = ''] = await page
      .getByRole('link', { name: 'Mail this' })
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    const { protocol, searchParams } = new URL(first);
    expect(protocol).toBe('mailto:');
    expect(searchParams.get('subject')).toMatch(/^Network change 1: Open /);
    expect(searchParams.get('body')).toMatch(
      /^1\. Open [\s\S]*\r\n {3}- \*\.servicebus[\s\S]*Headquarters: 3 things/,
    );
  });

  it('copies one request where the browser gives pages from disk no clipboard', async () => {
    const page = await open(checkSample(), '#/administrator');
    await page.context().grantPermissions(['clipboard-read']);
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("not from disk"))');
    await page.locator('#request-2').getByRole('button', { name: 'Copy as text' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
      /^2\. Set [\s\S]*Headquarters: 3 things/,
    );
  });

  it('has nothing on a phone that a finger misses', async () => {
    const page = await open(sample(), '', { width: 390 });
    for (const view of views) {
      await go(page, view);
      expect(await page.evaluate(smallTargets), view).toEqual([]);
    }
    const check = await open(checkSample(), '', { width: 390 });
    for (const view of ['#/', '#/administrator', '#/scenario/check', '#request-1']) {
      await go(check, view);
      expect(await check.evaluate(smallTargets), view).toEqual([]);
      expect(await check.evaluate('document.documentElement.scrollWidth'), view).toBe(390);
    }
  });
});
