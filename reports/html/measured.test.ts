import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../model/evidence/event.js';
import { type Sample, sample } from '../../model/verdict/sample/sample.js';
import { go, noBrowser, useReportBrowser } from './testing.js';

/** The sample with attempts of which one in four failed, and one that waited for a minute. */
function measuredSample(): Sample {
  const { results, events } = sample();
  const like = events.find(({ kind }) => kind === 'attempt');
  if (like?.kind !== 'attempt') throw new Error('the sample has no attempt');
  const more = Array.from({ length: 8 }, (_, index): LabEvent => {
    const outcome = index < 2 ? 'dns-timeout' : 'ok';
    return { ...like, id: `m${index}`, operation: 'update', outcome, waitedMs: index === 0 ? 60_000 : 0 };
  });
  return { results, events: [...events, ...more] };
}

describe.skipIf(noBrowser !== undefined)('what was measured, in a browser', () => {
  const { open } = useReportBrowser();

  it.each([1280, 390])(
    'has a bar as long as its share, with the value beside it, at %d pixels',
    async (width) => {
      const page = await open(measuredSample(), '#/section/measured', { width });
      const bars = await page.locator('#measured .bar-row').evaluateAll((rows) =>
        rows.map((row) => {
          const [track, filled] = [...row.querySelectorAll('rect')].map((one) => one.getBoundingClientRect());
          const label = row.querySelector(':scope > span')?.getBoundingClientRect();
          return {
            text: (row as unknown as { innerText: string }).innerText.trim(),
            share: Math.round((100 * (filled?.width ?? 0)) / (track?.width ?? 1)),
            apart: (label?.left ?? 0) >= (track?.right ?? 0),
          };
        }),
      );
      expect(bars).toEqual([
        { text: '25 %', share: 25, apart: true },
        { text: '1 min', share: 100, apart: true },
        { text: '21 s', share: 35, apart: true },
        { text: '15 s', share: 25, apart: true },
      ]);
      expect(await page.locator('#measured').innerText()).toContain('2 of 8');
    },
  );

  it('stands on the page of its scenario too', async () => {
    const page = await open(measuredSample(), '#/scenario/verify/signalling');
    expect(await page.locator('.measured-here tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/update\s+2 of 8\s+25 %/),
      expect.stringMatching(/dns-timeout\s+1 min/),
      expect.stringMatching(/tcp-drop\s+21 s/),
      expect.stringMatching(/tls-revocation-offline\s+15 s/),
    ]);
    await go(page, '#/scenario/tls/issuer');
    expect(await page.locator('.measured-here').count()).toBe(0);
  });

  it('is on paper as it is on a light screen', async () => {
    const page = await open(measuredSample(), '#/section/measured', { dark: true });
    const colour = () =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('#measured .filled')).fill`);
    const dark = await colour();
    await page.emulateMedia({ media: 'print' });
    const printed = await colour();
    expect(printed).not.toBe(dark);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    expect(await colour()).toBe(printed);
  });
});
