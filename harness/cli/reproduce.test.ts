import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { attempts } from '../../model/diagnosis/testing.js';
import { completeSite } from '../../model/site/complete.js';
import { evidenceOf } from '../probe/evidence-of.js';
import { probeSite } from '../probe/probe-site.js';
import { faults } from '../probe/testing-faults.js';
import { lab } from './testing.js';
import { expectReproduced } from './testing-reproduced.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-reproduce-'));

describe('a probe in a lab, its evidence, and a site that gives it again', () => {
  it.each(faults)('%s', async (...fault) => {
    const evidence = evidenceOf(await probeSite(completeSite(fault[1])));
    await expectReproduced(fault, evidence, folder);
  });
});

it('probes the site that it makes of a probe: a life would not get to most of what a probe tried', async () => {
  const two = ['*.msappproxy.net', '*.servicebus.windows.net'];
  const site = completeSite({ site: 'Two hosts', firewall: { rules: [{ allow: two, port: 443 }] } });
  const evidence = evidenceOf(await probeSite(site));
  const file = join(folder, 'two.json');
  await writeFile(file, JSON.stringify(evidence));
  const { code, stdout } = await lab(['reproduce', file, '--out', join(folder, 'two.yaml')]);
  expect(stdout).toContain('Probed, the site is diagnosed as the evidence was.');
  expect([code, stdout.match(/✓/g)?.length]).toEqual([0, diagnose(evidence).causes.length]);
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
