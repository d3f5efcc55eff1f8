import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { whyNoBrowser } from '../html/browser.js';
import { reportPage } from '../html/page.js';
import { renderHtml } from '../html/render.js';
import { findBrowser } from './find-browser.js';
import { pdfOf } from './pdf.js';

const poppler = spawnSync('pdftotext', ['-v']).error === undefined;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-pdf-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('finding a browser', () => {
  it('takes what is named, else the first on the PATH', async () => {
    const chromium = await program('chromium', 'exit 0');
    const PATH = ['/nowhere', folder].join(delimiter);
    expect(findBrowser({ PATH })).toBe(chromium);
    expect(findBrowser({ PATH: '', CONNECTOR_LAB_CHROMIUM: chromium })).toBe(chromium);
  });

  it('says how to get one', () => {
    expect(() => findBrowser({ PATH: '/nowhere' })).toThrow(/^no Chromium, Chrome or Edge.*apt-get install/);
    expect(() => findBrowser({ CONNECTOR_LAB_CHROMIUM: '/nowhere/chromium' })).toThrow(
      'CONNECTOR_LAB_CHROMIUM names /nowhere/chromium, which is no program',
    );
  });
});

it('a browser that ends is told with its last word, and leaves nothing', async () => {
  const broken = await program('broken', 'echo "cannot open display" >&2; exit 1');
  const before = await profiles();
  await expect(pdfOf(broken, join(folder, 'report.html'))).rejects.toThrow(
    /broken does not print the report: the browser ended: cannot open display$/,
  );
  expect(await profiles()).toEqual(before);
});

async function profiles(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('connector-lab-print-profile-'));
}

describe.skipIf(whyNoBrowser() !== undefined)('a report as PDF', () => {
  it.skipIf(!poppler)('has all of it, unfolded, and nothing to click', async () => {
    const { results, events } = checkSample();
    const file = join(folder, 'report.html');
    await writeFile(file, renderHtml(await reportPage(), results, evidenceOf(events)));
    const pdf = join(folder, 'report.pdf');
    await writeFile(pdf, await pdfOf(findBrowser(process.env), file));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-']).toString().replace(/\s+/g, ' ');
    for (const part of [
      'Headquarters: 3 things to mend',
      'What to tell your administrator',
      'https://learn.microsoft.com/add',
      'What decided',
      'Documented requirements',
      'Engine embedded.',
      'connector-lab 1/',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/Copy as text|Mail this|For the administrator Overview|Filter events|Unpacking/);
  });
});
