import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { attempts } from '../../model/diagnosis/testing.js';
import { completeSite } from '../../model/site/complete.js';
import { readSite } from '../../model/site/read.js';
import { evidenceOf } from '../probe/evidence-of.js';
import { probeSite } from '../probe/probe-site.js';
import { faults } from '../probe/testing-faults.js';
import { lab } from './testing.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-reproduce-'));

describe('a probe in a lab, its evidence, and a site that gives it again', () => {
  it.each(faults)('%s', async (what, site, rule, place) => {
    const evidence = evidenceOf(await probeSite(completeSite(site)));
    const { causes, unexplained } = diagnose(evidence);
    expect(causes.map((cause) => cause.rule)).toEqual([rule]);
    expect(unexplained).toEqual([]);
    expect(causes[0]?.says).toContain(place);
    const file = join(folder, `${what.replaceAll(/\W/g, '-')}.json`);
    await writeFile(file, JSON.stringify(evidence));
    const out = `${file}.yaml`;
    const { code, stdout } = await lab(['reproduce', file, '--out', out]);
    expect(stdout).toContain('is diagnosed as the evidence was');
    expect(code).toBe(0);
    expect((await readFile(out, 'utf8')).split('\n').slice(0, 2).join()).toContain(rule);
    expect((await readSite(out)).site).toBe('Reproduced from evidence');
  });
});

it('says which cause no site shows, and ends with 1', async () => {
  const file = join(folder, 'page.json');
  const shown = { chain: [{ subject: 'CN=a', issuer: 'CN=DigiCert Global Root G2', notAfter: 'x' }] };
  await writeFile(file, JSON.stringify(attempts({ outcome: 'http-block-page', connected: true, shown })));
  const { code, stdout } = await lab(['reproduce', file, '--out', join(folder, 'page.yaml')]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('no site can be made that shows path/page')]);
});

it('refuses a site, and evidence in which nothing was tried', async () => {
  const site = join(folder, 'site.yaml');
  await writeFile(site, 'site: Here\n');
  const nothing = join(folder, 'nothing.json');
  await writeFile(nothing, JSON.stringify(attempts()));
  for (const [file, words] of [
    [site, /is a site already/],
    [nothing, /no cause/],
  ] as const)
    expect(await lab(['reproduce', file, '--out', join(folder, 'no.yaml')])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(words),
    });
});
