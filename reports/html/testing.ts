import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import type { Sample } from '../../model/verdict/sample/sample.js';
import { openBrowser, whyNoBrowser } from './browser.js';
import { reportPage } from './page.js';
import { renderHtml } from './render.js';

/** Why tests in a browser are skipped; undefined where they are not. */
export const noBrowser = whyNoBrowser();
if (noBrowser) console.warn(`reports/html: tests in a browser are skipped: ${noBrowser}`);

/** Each kind of view once, of the sample. */
export const views = [
  '#/',
  '#/scenarios',
  '#/scenario/verify/signalling',
  '#/requirement/hosts/service',
  '#/administrator',
];

interface Look {
  /** Of the window, pixels. */
  width?: number;
  dark?: boolean;
}

/** What the tests of one block share. */
export interface ReportBrowser {
  /** The report as a file, opened from disk. */
  open(of: Sample, address?: string, look?: Look): Promise<Page>;
  file(): string;
  /** What the browser complained of; whatever is left there when a test ends makes it fail. */
  problems: string[];
}

/** One browser for the block of tests in which this is called. */
export function useReportBrowser(): ReportBrowser {
  let template: string;
  let browser: Browser;
  let folder: string;
  const problems: string[] = [];
  const file = () => join(folder, 'report.html');

  beforeAll(async () => {
    template = await reportPage();
    folder = await mkdtemp(join(tmpdir(), 'connector-lab-report-'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    // Whatever a test looks at: no error, no refused script or style, no request.
    expect(problems.splice(0)).toEqual([]);
  });

  return {
    problems,
    file,
    async open({ results, events }, address = '', { width = 1280, dark = false } = {}) {
      await writeFile(file(), renderHtml(template, results, evidenceOf(events)));
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
      });
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      const url = pathToFileURL(file()).href;
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith('blob:'))
          problems.push(`asked for ${request.url()}`);
      });
      await page.goto(url + address);
      await page.locator('h1').waitFor();
      return page;
    },
  };
}

/** Goes to an address of the open page, as a link does; the view is drawn when this ends. */
export async function go(page: Page, address: string): Promise<void> {
  // The page hears of an address after the script that changed it, and draws in a microtask after that.
  await page.evaluate(`new Promise((drawn) => {
    const address = ${JSON.stringify(address)};
    if (location.hash === address) return drawn();
    addEventListener('hashchange', () => setTimeout(drawn), { once: true });
    location.hash = address;
  })`);
  await page.getByText('Unpacking the evidence').waitFor({ state: 'hidden' });
}

/** Waits for the view of this heading: an address leads to it, or a link that was clicked. */
export async function shows(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}
