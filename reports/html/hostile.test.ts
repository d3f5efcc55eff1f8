import { describe, expect, it } from 'vitest';
import { checkSample } from '../../model/verdict/sample/check.js';
import { comparedSample, partialSample, repeatedSample } from '../../model/verdict/sample/compared.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { type Sample, sample } from '../../model/verdict/sample/sample.js';
import { go, noBrowser, useReportBrowser } from './testing.js';

/** Closed words, dates and keys that join one part with another. */
const kept = new Set(
  'kind phase outcome result operation account stack action side source strength verdict engine schema startedAt page state status level clientCertificate prerequisite site change why default product environment holds'.split(
    ' ',
  ),
);
const hostile = `</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'"\`\${}]]>\u0000\u001b[31m\u202e\u200f\ud800${'long'.repeat(3000)}`;
const made = (of: Sample, more: readonly string[] = []): Sample =>
  mapTexts(of, (text, key) => (kept.has(key) || more.includes(key) ? text : `${text}${hostile}`));
const hostileSample = (): Sample => made(sample());

describe.skipIf(noBrowser !== undefined)('captured text in a browser', () => {
  const { open, problems } = useReportBrowser();

  it.each([390, 1280])(
    'runs nothing that was captured, and is not widened by it, at %d pixels',
    async (width) => {
      const page = await open(hostileSample(), '', { width });
      const { scenarios, requirements } = hostileSample().results;
      const links = ['#/', '#/scenarios', '#/administrator'];
      await go(page, '#/scenarios');
      links.push(
        ...(await page
          .locator('.scenarios a')
          .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))),
      );
      await go(page, '#/');
      links.push(
        ...(await page
          .locator('.requirements a')
          .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))),
      );
      expect(links).toHaveLength(3 + scenarios.length + requirements.length);
      for (const link of links) {
        await go(page, link);
        await page.waitForFunction('document.querySelector("h1")');
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const others = page.locator('a:not([href^="#/"]):not([href^="./evidence/"])');
        expect(await others.count()).toBe(0);
        expect(
          await page.locator('img, iframe, object, embed, link, form, [onerror], [onload]').count(),
        ).toBe(0);
      }
      expect(await page.evaluate('window.hit')).toBeUndefined();
      // The data is all there, as text.
      await go(page, '#/');
      expect(await page.locator('main').textContent()).toContain('</script><script>window.hit=1</script>');
    },
  );

  it.each([
    ['baseline', comparedSample],
    ['repetitions', repeatedSample],
    ['partial run', partialSample],
  ])('runs nothing of a %s either', async (_, of) => {
    const page = await open(made(of()), '', { width: 390 });
    await go(page, '#/scenarios');
    const links = await page
      .locator('.scenarios a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(2);
    for (const link of ['#/', '#/scenarios', ...links]) {
      await go(page, link);
      expect(await page.evaluate('document.documentElement.scrollWidth'), link.slice(0, 40)).toBe(390);
      expect(await page.locator('img, iframe, object, embed, link, form, [onerror]').count()).toBe(0);
    }
    expect(await page.evaluate('window.hit')).toBeUndefined();
    await go(page, '#/');
    expect(await page.locator('main').textContent()).toContain('</script><script>window.hit=1</script>');
  });

  it('runs nothing of a check either', async () => {
    const closed = ['device', 'decidedBy', 'saw', 'accounts', 'stacks', 'operations'];
    const of = made(checkSample(), closed);
    const page = await open(of, '', { width: 390 });
    for (const link of ['#/', '#/administrator']) {
      await go(page, link);
      expect(await page.evaluate('document.documentElement.scrollWidth'), link).toBe(390);
      expect(await page.locator('main').textContent()).toContain('</script><script>window.hit=1</script>');
      expect(await page.locator('img, iframe, object, embed, link, form, [onerror]').count()).toBe(0);
    }
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  it('lets no other script run', async () => {
    const page = await open(sample());
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hit = 1' }))`,
    );
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(problems.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
  });
});
