import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RunResults, runResultsSchema } from '../../model/verdict/results.js';
import { openBrowser, whyNoBrowser } from '../../reports/html/browser.js';
import { go } from '../../reports/html/testing.js';
import { folder, lab } from './testing.js';

const picked = ['server/os-version', 'server/ie-esc', 'server/dotnet-version'];
const shards = ['1/3', '2/3', '3/3'];

/** The folders of a whole run, of its shards, and of their merge. */
let whole: string;
let parts: string[];
let merged: string;

beforeAll(async () => {
  whole = await folder();
  expect((await lab(['run', ...picked, '--out', whole])).code).toBe(0);
  const times = ['--durations', join(whole, 'results.json')];
  parts = [];
  for (const shard of shards) {
    const out = await folder();
    expect((await lab(['run', ...picked, '--shard', shard, ...times, '--out', out])).code).toBe(0);
    // As --pcap would leave it.
    const captures = join(out, 'evidence', `of ${shard.replace('/', ' ')}`);
    await mkdir(captures, { recursive: true });
    await writeFile(join(captures, 'gateway.pcap'), shard);
    parts.push(out);
  }
  merged = await folder();
  // A folder, and the file of results in a folder, are the same.
  const [first = '', ...others] = parts;
  const { code, stderr } = await lab(['report', join(first, 'results.json'), ...others, '--out', merged]);
  expect(code, stderr).toBe(0);
});

const times = new Set(['durationMs', 'startedAt', 'at', 'wallMs', 'notAfter']);

/**
 * Data without what differs between two runs of the same: times, and numbers and order of what
 * happens at the same time.
 */
function canonical(value: unknown, key = ''): unknown {
  if (times.has(key)) return 0;
  if (typeof value === 'string') return value.replace(/^[ec]\d+$/, '…');
  if (Array.isArray(value)) return value.map((one) => canonical(one)).sort(byText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, canonical(one, name)]));
}

function byText(a: unknown, b: unknown): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

async function resultsIn(out: string): Promise<RunResults> {
  return runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
}

/** All that a report's page holds: the report, and the details of every scenario. */
async function heldIn(out: string): Promise<unknown[]> {
  const page = await readFile(join(out, 'report.html'), 'utf8');
  const data = (id: string) => new RegExp(`id="${id}">(.*?)</script>`, 's').exec(page)?.[1] ?? '';
  const details = data('details').split('\n');
  const unpacked = details.map((text) => gunzipSync(Buffer.from(text, 'base64')).toString());
  return [data('report'), ...unpacked].map((text): unknown => JSON.parse(text));
}

describe('report of three shards', () => {
  it('is what the whole run gives, but for times', async () => {
    const [one, other] = await Promise.all([merged, whole].map(resultsIn));
    const count = other?.scenarios.length ?? 0;
    for (const part of parts) expect((await resultsIn(part)).scenarios.length).toBeLessThan(count);
    const ids = ({ scenarios }: RunResults) => scenarios.map(({ id }) => id);
    expect(one && ids(one)).toEqual(other && ids(other));
    expect(canonical(one)).toEqual(canonical(other));
    const [told, wanted] = await Promise.all([heldIn(merged), heldIn(whole)]);
    expect(told).toHaveLength(1 + count);
    for (const [index, one] of told?.entries() ?? [])
      expect(canonical(one)).toEqual(canonical(wanted?.[index]));
  });

  it('has their captures, which it links to', async () => {
    for (const shard of shards) {
      const capture = join(merged, 'evidence', `of ${shard.replace('/', ' ')}`, 'gateway.pcap');
      expect(await readFile(capture, 'utf8')).toBe(shard);
    }
  });

  it('refuses one of them twice, and is partial without one', async () => {
    const [first = '', second = ''] = parts;
    const out = await folder();
    expect(await lab(['report', first, first, '--out', out])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('are both shard 1/3'),
    });
    expect(await lab(['report', first, second, '--out', out])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Partial: shard 3 is not here'),
    });
  });

  it.skipIf(whyNoBrowser() !== undefined)('looks like that of the whole run in a browser', async () => {
    const browser = await openBrowser();
    /** The lines of every page, without times and numbers of events. */
    const pagesOf = async (out: string) => {
      const page = await browser.newPage();
      const url = pathToFileURL(join(out, 'report.html')).href;
      await page.goto(`${url}#/scenarios`);
      await page.locator('h1').waitFor();
      const links = await page
        .locator('.scenarios a')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      const texts: string[] = [];
      for (const link of ['#/', '#/scenarios', ...links, '#/administrator']) {
        await go(page, link);
        const text = await page.locator('body').innerText();
        const lines = text.replace(/\d[\d.]* m?s\b|\d{4}-\d\d-\d\d \d\d:\d\d|\be\d+\b/g, '…').split('\n');
        texts.push(lines.sort().join('\n'));
      }
      return texts;
    };
    try {
      const pages = await pagesOf(merged);
      expect(pages).toHaveLength(3 + (await resultsIn(whole)).scenarios.length);
      expect(pages[0]).toContain('Nothing deviates from what is expected.');
      expect(pages[2]).toContain('refused-by-installer');
      expect(pages).toEqual(await pagesOf(whole));
    } finally {
      await browser.close();
    }
  });
});
