import { describe, expect, it } from 'vitest';
import { staleLists } from '../../model/requirements/stale-lists.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { noBrowser, useReportBrowser } from './testing.js';

describe.skipIf(noBrowser !== undefined)('what was measured outside the lab', () => {
  const { open } = useReportBrowser();

  it('is plotted where a scenario has it: a line for each thing, higher where more is missing', async () => {
    const { results, events } = sample();
    const [first, ...others] = results.scenarios;
    if (!first) throw new Error('the sample has no scenario');
    const scenarios = [{ ...first, measured: staleLists }, ...others];
    const page = await open({ results: { ...results, scenarios }, events }, '#/scenario/verify/signalling');
    const plot = page.locator('figure.plot');
    const [begin = [], end = []] = await plot.locator('polyline.median').evaluateAll((lines) => {
      const points = lines.map((line) => (line.getAttribute('points') ?? '').split(' '));
      const heights = (at: number) => points.map((all) => Number(all.at(at)?.split(',')[1]));
      return [heights(0), heights(-1)];
    });
    expect(begin.length).toBe(staleLists.lines.length);
    // Heights are counted from above: after a year each is higher, ServiceBus the most.
    expect(begin.every((height, index) => height > (end[index] ?? height))).toBe(true);
    expect(Math.min(...end)).toBe(end[0]);
    expect(await plot.innerText()).toContain('AzureFrontDoor.Frontend');
    expect(await plot.locator('svg').getAttribute('aria-label')).toContain(
      'ServiceBus 46.6 % after 52 weeks',
    );
    await page.goto(page.url().replace(/#.*/, '#/scenario/tls/issuer'));
    expect(await page.locator('figure.plot').count()).toBe(0);
  });
});
