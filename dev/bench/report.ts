import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { selectEngine } from '../../harness/engines/select.js';
import { run } from '../../harness/run/run.js';
import type { LabEvent } from '../../model/evidence/event.js';
import { loadScenarios } from '../../model/scenario/load.js';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import { openBrowser } from '../../reports/html/browser.js';
import { reportPage } from '../../reports/html/page.js';
import { renderHtml } from '../../reports/html/render.js';
import { median, print } from './measure.js';

/**
 * The report of 1,000 scenarios, those of the catalogue again and again with all their events:
 * how long it takes to make, how large it is, how fast it opens and filters in Chromium.
 */
const count = 1000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-bench-'));
const file = join(folder, 'report.html');

const template = await reportPage();
const { results, events } = await manyResults();
const began = performance.now();
const html = renderHtml(template, results, evidenceOf(events));
print(
  'report of 1,000 scenarios: seconds to make',
  (performance.now() - began) / 1000,
  '≤ 10',
  `${events.length} events`,
);
await writeFile(file, html);
print('  megabytes', (await stat(file)).size / 1e6, '≤ 10');

const browser = await openBrowser();
const page = await browser.newPage();
print('  seconds to open', await median(async () => (await openTime(page)) / 1000), '≤ 1');
await page.goto(`${pathToFileURL(file).href}#/scenarios`);
await page.locator('.scenarios li').first().waitFor();
// A letter that leaves most, and one that leaves few.
print(
  '  milliseconds to filter, worst of two words',
  Math.max(await filterTime(page, 'tcp-drop'), await filterTime(page, 'crl3 7')),
  '≤ 100',
);
print('  milliseconds to open a scenario', await median(() => scenarioTime(page)), '≤ 300');
await browser.close();
await rm(folder, { recursive: true, force: true });

/** One run of the catalogue, told so often that there are 1,000 scenarios. */
async function manyResults(): Promise<{ results: RunResults; events: LabEvent[] }> {
  await using engine = await selectEngine('embedded');
  let seen = evidenceOf([]);
  const once = await run({
    scenarios: await loadScenarios(join(root, 'scenarios')),
    engine,
    out: folder,
    workers: 2,
    artefacts: (_, evidence) => {
      seen = evidence;
      return {};
    },
  });
  const events: LabEvent[] = [];
  const scenarios = Array.from({ length: count }, (_, index) => {
    const like = once.scenarios[index % once.scenarios.length];
    if (!like) throw new Error('the catalogue is empty');
    const id = `${like.id} ${index}`;
    for (const event of seen(like.id)) events.push({ ...event, scenario: id });
    return { ...like, id };
  });
  return { results: { ...once, scenarios }, events };
}

async function openTime(page: Page): Promise<number> {
  await page.goto('about:blank');
  const began = performance.now();
  await page.goto(pathToFileURL(file).href);
  await page.locator('h1').waitFor();
  return performance.now() - began;
}

/** From the key to the next frame that shows its effect, as the page itself sees it. */
async function filterTime(page: Page, words: string): Promise<number> {
  return median(async () => {
    const field = page.getByRole('searchbox');
    await field.fill('');
    return page.evaluate<number>(`new Promise((resolve) => {
      const field = document.querySelector('input[type=search]');
      const began = performance.now();
      field.value = ${JSON.stringify(words)};
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    })`);
  });
}

async function scenarioTime(page: Page): Promise<number> {
  await page.evaluate(`location.hash = '#/scenarios'`);
  await page.locator('.scenarios a').first().waitFor();
  const began = performance.now();
  await page.locator('.scenarios a').nth(3).click();
  await page.locator('.timeline').waitFor();
  return performance.now() - began;
}
