import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { phasedSample } from '../../model/verdict/sample/phased.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { noBrowser, useReportBrowser } from './testing.js';

const address = '#/scenario/verify/signalling';

describe.skipIf(noBrowser !== undefined)('the drawing of the site', () => {
  const { open } = useReportBrowser();

  /** What is drawn: for each connection, whether it came through; and the places of the devices. */
  const drawn = (page: Page) =>
    page.locator('.drawing svg').evaluate((svg) => ({
      lanes: [...svg.querySelectorAll('.lane')].map((lane) => lane.getAttribute('class')),
      devices: [...svg.querySelectorAll('.box rect')].map((box) => box.getAttribute('x')),
    }));
  const chosen = (page: Page) => page.locator('.choice input:checked').inputValue();
  const caption = (page: Page) => page.locator('.drawing figcaption').innerText();

  it('shows the change, and by keyboard any other phase, in the same place', async () => {
    const page = await open(phasedSample(), address);
    expect(await chosen(page)).toBe('change');
    const change = await drawn(page);
    expect(change.lanes).toEqual(['lane bad']);
    expect(await caption(page)).toContain('after the change, from the server');
    await page.locator('.choice input:checked').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await chosen(page)).toBe('control');
    const control = await drawn(page);
    expect(control).toEqual({ lanes: ['lane ok'], devices: change.devices });
    expect(await caption(page)).toContain('in the control');
    expect(await caption(page)).not.toContain('red');
    expect(page.url()).toMatch(/signalling\?drawn=control$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await chosen(page)).toBe('restore');
    expect((await drawn(page)).lanes).toEqual(['lane ok']);
  });

  it('opens at the phase in the address, and has no word for the usual one', async () => {
    const page = await open(phasedSample(), `${address}?drawn=restore`);
    expect(await chosen(page)).toBe('restore');
    await page.getByLabel('change', { exact: true }).check();
    expect(page.url()).toMatch(/signalling$/);
    const unknown = await open(phasedSample(), `${address}?drawn=nothing`);
    expect(await chosen(unknown)).toBe('change');
  });

  it('begins on a small screen where it was decided', async () => {
    const page = await open(sample(), address, { width: 390 });
    await page.locator('.drawing svg').waitFor();
    const [box, mark] = await Promise.all(
      ['.drawing .wide', '.drawing .lane.bad circle'].map((place) => page.locator(place).boundingBox()),
    );
    expect(mark?.x).toBeGreaterThan(box?.x ?? 0);
    expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
  });

  it('offers no choice where something connected in one phase only', async () => {
    const page = await open(sample(), address);
    await page.locator('.drawing svg').waitFor();
    expect(await page.locator('.choice').count()).toBe(0);
  });
});
