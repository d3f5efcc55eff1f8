import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../harness/evidence/event.js';
import type { RunResults } from '../../harness/verdict/results.js';
import { mapTexts, sample, sampleOf } from '../sample.js';
import { openBrowser, whyNoBrowser } from './browser.js';
import { reportPage } from './page.js';
import { renderHtml } from './render.js';

const missing = whyNoBrowser();
if (missing) console.warn(`reports/html: tests in a browser are skipped: ${missing}`);

interface Run {
  results: RunResults;
  events: LabEvent[];
}

/** Closed words, dates and keys that join one part with another. */
const kept = new Set(
  'kind phase outcome result operation account stack action side source strength verdict engine schema startedAt page state status level clientCertificate prerequisite site change why default product environment holds'.split(
    ' ',
  ),
);
const hostile = `</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'"\`\${}]]>\u0000\u001b[31m\u202e\u200f\ud800${'long'.repeat(3000)}`;
const hostileSample = (): Run =>
  mapTexts(sample(), (text, key) => (kept.has(key) ? text : `${text}${hostile}`));

/** One customer's site, with the sample's failure in it. */
function checkSample(): Run {
  const { results, events } = sample();
  const [passed] = results.scenarios;
  if (!passed) throw new Error('the sample has no scenario');
  const requirements = results.requirements.map((one) =>
    one.id === 'hosts/service' ? { ...one, verdict: 'broken' as const, provedBy: ['check'] } : one,
  );
  return {
    results: {
      ...results,
      scenarios: [{ ...passed, id: 'check', outcome: 'failed', reason: 'broken: hosts/service' }],
      requirements,
    },
    events: events.map((event) => ({ ...event, scenario: 'check' })),
  };
}

const views = [
  '#/',
  '#/scenarios',
  '#/scenario/verify/signalling',
  '#/requirement/hosts/service',
  '#/administrator',
];

describe.skipIf(missing !== undefined)('the report in a browser', () => {
  let template: string;
  let browser: Browser;
  let folder: string;
  const problems: string[] = [];

  beforeAll(async () => {
    template = await reportPage();
    folder = await mkdtemp(join(tmpdir(), 'connector-lab-report-'));
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    // Whatever a test looks at: no error, no refused script or style, no request.
    expect(problems.splice(0)).toEqual([]);
  });

  async function open(run: Run, address = '', { width = 1280, dark = false } = {}): Promise<Page> {
    const file = join(folder, 'report.html');
    await writeFile(file, renderHtml(template, run.results, run.events));
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
    });
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(file).href) && !request.url().startsWith('blob:'))
        problems.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + address);
    await page.locator('h1').waitFor();
    return page;
  }

  /** Goes to an address of the open page, as a link does. */
  async function go(page: Page, address: string): Promise<void> {
    await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
    await page.getByText('Unpacking the evidence').waitFor({ state: 'hidden' });
  }

  const heading = (page: Page) => page.locator('h1').innerText();

  it('leads from the verdict to the evidence, and back', async () => {
    const page = await open(sample());
    expect(await page.locator('.facts').innerText()).toMatch(/Hold\s+1\s+Broken\s+1\s+Not proved\s+0/);
    expect(await page.locator('#hidden').innerText()).toContain('The renewal host is open.');
    await page.getByRole('link', { name: 'The hosts of the service are open.' }).click();
    expect(await heading(page)).toBe('The hosts of the service are open.');
    await page.getByRole('link', { name: 'No signalling: the portal stays green' }).click();
    expect(await page.locator('.proves').innerText()).toContain('Prepare › Allow access');
    expect(await page.locator('.drawing .lane.bad .said').textContent()).toBe('tcp-drop');
    expect(await page.locator('.drawing .decided .name').textContent()).toBe('edge firewall');
    expect(await page.locator('.hops li').allInnerTexts()).toEqual([
      expect.stringMatching(/Phase 1\s+app-proxy-01\s+CONNECT\s+network-service → cwap-eur1/),
      expect.stringMatching(/Phase 2\s+host-firewall\s+ALLOW\s+rule: default allow/),
      expect.stringMatching(/Phase 3\s+edge-firewall\s+DROP\s+rule 1: deny \*\.servicebus/),
    ]);
    expect(await page.locator('section.change').innerText()).toContain('by edge-firewall');
    expect(await page.getByRole('link', { name: 'edge #1.pcap' }).getAttribute('href')).toBe(
      './evidence/verify_signalling/edge%20%231.pcap',
    );
    await page.getByRole('link', { name: 'log line e4' }).click();
    expect(await page.locator('tr.target').innerText()).toContain('edge-firewall decides drop');
    await page.goBack();
    await page.goBack();
    expect(await heading(page)).toBe('The hosts of the service are open.');
  });

  it('opens at a line of evidence, and says what it does not have', async () => {
    const page = await open(sample(), '#/scenario/verify/signalling/event/e10');
    await page.locator('tr.target').waitFor();
    expect(await page.locator('tr.target').innerText()).toContain('e10');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('e10');
    await go(page, '#/scenario/verify/signalling/event/e99');
    await page.getByText('Event e99 is in events.jsonl only.').waitFor();
    await page.evaluate('location.hash = "#/requirement/nowhere/%"');
    await page.getByText('There is no nowhere/% here.').waitFor();
  });

  it('keeps filters in the address', async () => {
    const page = await open(sample(), '#/scenarios');
    const shown = page.locator('.scenarios a');
    await page.getByRole('searchbox').fill('tls inspector');
    expect(await shown.allInnerTexts()).toEqual(['The server does not know the inspector']);
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('tls inspector');
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Outcome').selectOption('skipped');
    expect(await shown.allInnerTexts()).toEqual(['Half of the packets are lost']);
    expect(await page.getByRole('status').innerText()).toBe('1 of 3');
    expect(page.url()).toMatch(/#\/scenarios\?outcome=skipped$/);
    await go(page, '#/scenario/verify/signalling?machine=edge-firewall');
    await page.getByText('Nothing fits').waitFor({ state: 'hidden' });
    await page.getByLabel('Filter events').fill('nxdomain');
    expect(await page.locator('.timeline tbody tr td:first-child').allInnerTexts()).toEqual([]);
    await page.getByLabel('Machine').selectOption('');
    expect(await page.locator('.timeline tbody tr td:first-child').allInnerTexts()).toEqual(['e9']);
  });

  it('works by keyboard alone', async () => {
    const page = await open(sample());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.textContent')) === 'Nothing ends TLS on the way.')
        break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Nothing ends TLS on the way.' }).waitFor();
    // Screen readers go on from the new heading, not from where the link was.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  it('tells the administrator what to change, as a page, as text and as CSV', async () => {
    const page = await open(checkSample(), '#/administrator');
    const request = await page.locator('.requests').innerText();
    for (const part of ['*.servicebus.windows.net', 'TCP 443', 'network-service', 'The hosts of the service'])
      expect(request).toContain(part);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await page.getByText('Copied.').waitFor();
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    expect((await downloaded).suggestedFilename()).toBe('change-request.csv');
  });

  it('prints every view, without what is of no use on paper', async () => {
    const page = await open(sample());
    for (const view of views) {
      await go(page, view);
      const pdf = await page.pdf();
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('nav:visible, .tools:visible').count()).toBe(0);
      await page.emulateMedia({ media: 'screen' });
    }
  });

  it.each([false, true])('has nothing to complain of for axe (dark: %s)', async (dark) => {
    const page = await open(sample(), '', { dark });
    // Evaluated by the browser's tools, since the page's policy lets no other script in.
    await page.evaluate(axe.source);
    for (const view of views) {
      await go(page, view);
      const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        'axe.run()',
      );
      expect(found.violations.map(({ id, nodes }) => `${view} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });

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

  it('lets no other script run', async () => {
    const page = await open(sample());
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hit = 1' }))`,
    );
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(problems.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
  });

  it.each([150, 1000])('shows %d scenarios', async (count) => {
    const page = await open(sampleOf(count), '#/scenarios');
    expect((await stat(join(folder, 'report.html'))).size).toBeLessThan(10_000_000);
    expect(await page.getByRole('status').innerText()).toBe(`${count} of ${count}`);
    await page.getByRole('searchbox').fill(`number-${count - 1}`);
    expect(await page.locator('.scenarios li').count()).toBe(1);
    await page.locator('.scenarios a').click();
    expect(await heading(page)).toContain(`, ${count - 1}`);
  });
});
