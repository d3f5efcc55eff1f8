import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../harness/evidence/event.js';
import type { RunResults } from '../../harness/verdict/results.js';
import { mapTexts, sample, sampleEvents } from '../sample.js';
import { openBrowser, whyNoBrowser } from './browser.js';
import { renderHtml } from './render.js';

const missing = whyNoBrowser();
if (missing) console.warn(`reports/html: tests in a browser are skipped: ${missing}`);

/** Closed words, dates and keys that join one part with another. */
const kept = new Set(
  'kind phase outcome result operation account stack action side source strength verdict engine schema startedAt page state status level clientCertificate prerequisite site'.split(
    ' ',
  ),
);
const hostile = `</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'"\`\${}]]>\u0000\u001b[31m\u202e\u200f\ud800${'long'.repeat(3000)}`;

function hostileSample(): { results: RunResults; events: LabEvent[] } {
  return mapTexts(sample(), (text, key) => (kept.has(key) ? text : `${text}${hostile}`));
}

describe('the report', () => {
  it('stays below 10 MB for 150 scenarios of 200 events', () => {
    const { results } = sample();
    const [first] = results.scenarios;
    if (!first) throw new Error('the sample has no scenario');
    const scenarios = Array.from({ length: 150 }, (_, index) => ({ ...first, id: `area/number-${index}` }));
    const events = scenarios.flatMap(({ id }) => Array.from({ length: 10 }, () => sampleEvents(id)).flat());
    expect(events).toHaveLength(150 * 200);
    expect(Buffer.byteLength(renderHtml({ ...results, scenarios }, events))).toBeLessThan(10_000_000);
  });
});

describe.skipIf(missing !== undefined)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-lab-report-'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(
    { results, events }: { results: RunResults; events: LabEvent[] },
    { fragment = '', width = 1280, dark = false } = {},
  ): Promise<{ page: Page; problems: string[] }> {
    const file = join(folder, 'report.html');
    await writeFile(file, renderHtml(results, events));
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
    });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== page.url() && !request.url().startsWith(pathToFileURL(file).href))
        problems.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + fragment);
    return { page, problems };
  }

  it('runs nothing that was captured, whatever field it is in', async () => {
    const { page, problems } = await open(hostileSample());
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, object, embed, link, form, [onerror], [onload]').count()).toBe(0);
    expect(problems).toEqual([]);
    // The data is all there, as text.
    expect(await page.locator('main').textContent()).toContain('</script><script>window.hit=1</script>');
  });

  it.each([390, 1280])('is not widened by hostile text at %d pixels', async (width) => {
    const { page } = await open(hostileSample(), { width });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('shows who decided, the way there, and what was expected', async () => {
    const { page } = await open(sample(), { fragment: '#s-verify_signalling' });
    const scenario = page.locator('#s-verify_signalling');
    expect(await scenario.getAttribute('open')).not.toBeNull();
    expect(await scenario.locator('.hops li').allInnerTexts()).toEqual([
      expect.stringMatching(/app-proxy-01\s+CONNECT\s+network-service → cwap-eur1/),
      expect.stringMatching(/host-firewall\s+ALLOW\s+default allow: no rule fits/),
      expect.stringMatching(/edge-firewall\s+DROP\s+deny \*\.servicebus\.windows\.net: this rule decided/),
    ]);
    expect(await scenario.locator('section.change').innerText()).toContain('by edge-firewall');
    expect(await scenario.locator('svg .bad circle').count()).toBe(1);
    expect(await page.locator('#r-hosts_service').innerText()).toContain('holds');
    expect(await page.locator('#hidden').innerText()).toContain('The renewal host is open.');
  });

  it('filters by words and by outcome', async () => {
    const { page } = await open(sample());
    const shown = page.locator('.scenario:visible h3');
    await page.getByLabel('Filter scenarios').fill('tls inspector');
    expect(await shown.allInnerTexts()).toEqual(['The server does not know the inspector']);
    await page.getByLabel('Filter scenarios').fill('');
    await page.getByLabel('Outcome').selectOption('skipped');
    expect(await shown.allInnerTexts()).toEqual(['Half of the packets are lost']);
    expect(await page.getByRole('status').innerText()).toBe('1 of 3');
  });

  it.each([false, true])('has nothing to complain of for axe (dark: %s)', async (dark) => {
    const { page } = await open(sample(), { dark });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    // Evaluated by the browser's tools, since the page's policy lets no other script in.
    await page.evaluate(axe.source);
    const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run()',
    );
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
