import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEvents, sampleResults } from '../testing.js';
import { renderHtml } from './render.js';

const executablePath = '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const hostile = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">"'\u202e\u0000&lt;`;

/** A report in a browser; what the page logs or throws is an error of the test. */
async function open(page: Page, html: string, anchor = ''): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const file = join(await mkdtemp(join(tmpdir(), 'connector-lab-report-')), 'report.html');
  await writeFile(file, html);
  await page.goto(pathToFileURL(file).href + anchor);
  return errors;
}

// Locally a missing Chromium only skips these; CI must have it.
describe.skipIf(!existsSync(executablePath) && process.env.CI !== 'true')('the report in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  it('opens from disk, shows verdicts, and a link opens its scenario', async () => {
    const errors = await open(page, renderHtml(sampleResults(), sampleEvents()), '#s-area_broken');
    expect(errors).toEqual([]);
    expect(await page.locator('h1').innerText()).toContain('must let through');
    const scenario = page.locator('#s-area_broken');
    expect(await scenario.getAttribute('open')).not.toBeNull();
    const text = await scenario.innerText();
    expect(text).toContain('edge-firewall');
    expect(text).toContain('deny *.servicebus.windows.net');
  });

  it('filters by words and outcome', async () => {
    await open(page, renderHtml(sampleResults(), sampleEvents()));
    await page.fill('#text', 'broken');
    expect(await page.locator('.scenario:visible').count()).toBe(1);
    await page.fill('#text', '');
    await page.selectOption('#outcome', 'passed');
    expect(await page.locator('.scenario:visible').count()).toBe(1);
    expect(await page.locator('#count').innerText()).toBe('1 of 2');
  });

  it('has no violations that a screen reader would meet', async () => {
    await open(page, renderHtml(sampleResults(), sampleEvents()), '#s-area_broken');
    // The page's own policy keeps foreign scripts out; axe comes in through the debugger.
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  it('runs nothing that was captured, whatever it is', async () => {
    const poison = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(poison);
      if (value !== null && typeof value === 'object')
        return Object.fromEntries(
          Object.entries(value).map(([key, inner]) => [key, structural.has(key) ? inner : poison(inner)]),
        );
      return typeof value === 'string' ? value + hostile : value;
    };
    const structural = new Set([
      'kind',
      'outcome',
      'phase',
      'verdict',
      'strength',
      'engine',
      'scenario',
      'operation',
      'result',
      'action',
      'site',
      'connection',
      'startedAt',
    ]);
    const results = poison(sampleResults()) as ReturnType<typeof sampleResults>;
    const events = poison(sampleEvents()) as ReturnType<typeof sampleEvents>;
    const errors = await open(page, renderHtml(results, events));
    expect(errors).toEqual([]);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('img, iframe, object').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
  });

  it('fits a telephone', async () => {
    const small = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await open(small, renderHtml(sampleResults(), sampleEvents()), '#s-area_broken');
    expect(await small.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await small.close();
  });
});
