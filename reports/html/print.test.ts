import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSample } from '../../model/verdict/sample/check.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { go, noBrowser, useReportBrowser, views } from './testing.js';

/** Poppler reads what a printer gets; without it, the page is read as its print style shows it. */
const poppler = spawnSync('pdftotext', ['-v']).error === undefined;
if (!poppler) console.warn('reports/html: PDF is not read: there is no pdftotext (poppler-utils)');

/** Of the page style, millimetres and dots. */
const margin = (12 / 25.4) * 72;

/** What each view has to say, in the order of {@link views}. */
const told = [
  [
    'Nothing must end TLS on the way.',
    'The renewal host must be open.',
    '*.servicebus.windows.net:443',
    'Longest wait',
    '21 s',
  ],
  ['No signalling: the portal stays green', 'Half of the packets are lost', 'cannot lose packets'],
  ['What decided', 'edge-firewall', 'deny *.servicebus.windows.net', 'log: edge 1: SRC=', 'cannot connect'],
  ['The hosts of the service must be open.', 'What proves it', 'Prepare › Allow access'],
  ['What to tell your administrator', 'Allow'],
];

describe.skipIf(noBrowser !== undefined)('the report on paper', () => {
  const { open } = useReportBrowser();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-lab-print-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The text of the printed page, in one line. */
  async function printed(page: Page): Promise<string> {
    const file = join(folder, 'page.pdf');
    await writeFile(file, await page.pdf({ format: 'A4', printBackground: true }));
    if (!poppler) {
      await page.emulateMedia({ media: 'print' });
      const text = await page.locator('body').innerText();
      await page.emulateMedia({ media: 'screen' });
      return text.replace(/\s+/g, ' ');
    }
    return execFileSync('pdftotext', ['-layout', file, '-']).toString().replace(/\s+/g, ' ');
  }

  it('has the content of every view, and nothing that is of no use there', async () => {
    const page = await open(sample());
    for (const [index, view] of views.entries()) {
      await go(page, view);
      const text = await printed(page);
      for (const part of told[index] ?? []) expect(text, view).toContain(part);
      expect(text).not.toMatch(/Filter events|To the content|Copy as text|Verdict: all/);
    }
  });

  it('has the requests to an administrator', async () => {
    const page = await open(checkSample(), '#/administrator');
    const text = await printed(page);
    for (const part of ['*.servicebus.windows.net', 'TCP 443', 'network-service', 'deny *.servicebus'])
      expect(text).toContain(part);
  });

  it.skipIf(!poppler)('cuts nothing off and shrinks nothing: every word is within the margins', async () => {
    const page = await open(sample());
    for (const view of views) {
      await go(page, view);
      await printed(page);
      const boxes = execFileSync('pdftotext', ['-bbox', join(folder, 'page.pdf'), '-']).toString();
      const pages = boxes.split('<page ').slice(1);
      // What is too wide makes a browser print all of it smaller: the largest word is one of a heading.
      const heights = [...boxes.matchAll(/yMin="([\d.]+)" .*?yMax="([\d.]+)"/g)].map(
        ([, top, bottom]) => Number(bottom) - Number(top),
      );
      expect(Math.max(...heights), view).toBeGreaterThan(17);
      for (const one of pages) {
        const width = Number(/width="([\d.]+)"/.exec(one)?.[1]);
        const words = [...one.matchAll(/<word xMin="([\d.-]+)" .*?xMax="([\d.-]+)" .*?>(.*?)</g)];
        expect(words.length).toBeGreaterThan(0);
        const outside = words.filter(
          ([, left, right]) => Number(left) < margin - 1 || Number(right) > width - margin + 1,
        );
        expect(outside.map(([, , , word]) => `${view} ${word}`)).toEqual([]);
      }
    }
  });

  it.skipIf(!poppler)('is on white paper, whatever the screen was', async () => {
    const page = await open(sample(), '', { dark: true });
    for (const view of views) {
      await go(page, view);
      await printed(page);
      const image = join(folder, 'page');
      execFileSync('pdftoppm', ['-gray', '-r', '30', '-singlefile', join(folder, 'page.pdf'), image]);
      const bytes = await readFile(`${image}.pgm`);
      const [header = ''] = /^P5\s+\d+\s+\d+\s+255\s/.exec(bytes.toString('latin1', 0, 60)) ?? [];
      const pixels = bytes.subarray(header.length);
      const dark = pixels.filter((grey) => grey < 128).length / pixels.length;
      expect(dark, view).toBeLessThan(0.1);
      // There is ink on it all the same.
      expect(pixels.some((grey) => grey < 200)).toBe(true);
    }
  });
});
