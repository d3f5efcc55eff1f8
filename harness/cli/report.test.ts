import { execFileSync } from 'node:child_process';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RunResults, runResultsSchema } from '../../model/verdict/results.js';
import { folder, lab } from './testing.js';

/** One run of the fastest scenarios, which the tests copy. */
let whole: string;
const picked = ['server/os-version', 'server/ie-esc', 'server/dotnet-version'];

beforeAll(async () => {
  whole = await folder();
  const { code, stderr } = await lab(['run', ...picked, '--out', whole]);
  expect(code, stderr).toBe(0);
});

async function copyOf(from: string, change: (log: string) => string = (log) => log): Promise<string> {
  const to = await folder();
  await copyFile(join(from, 'results.json'), join(to, 'results.json'));
  await writeFile(join(to, 'events.jsonl'), change(await readFile(join(from, 'events.jsonl'), 'utf8')));
  return to;
}

async function resultsIn(out: string): Promise<RunResults> {
  return runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
}

/** What the scenarios said would be seen, turned into something that was not. */
const withFalseClaims = (log: string) =>
  log.replaceAll('"result":"refused-by-installer"', '"result":"tcp-drop"');

describe('report', () => {
  it('makes everything again from the log alone', async () => {
    const out = await copyOf(whole);
    await rm(join(out, 'results.json'));
    const { code, stdout } = await lab(['report', out]);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').at(-1)).toBe('Nothing deviates from what is expected.');
    for (const file of await readdir(whole))
      expect(await readFile(join(out, file), 'utf8'), file).toBe(await readFile(join(whole, file), 'utf8'));
  });

  it('judges again: a log in which less was claimed than seen has failed', async () => {
    const out = await copyOf(whole, withFalseClaims);
    const { code, stdout } = await lab(['report', out]);
    expect(code).toBe(1);
    expect(stdout).toContain('change: expected install tcp-drop');
    expect(stdout.trim().split('\n').at(-1)).toMatch(/scenarios deviate from what is expected\.$/);
  });

  it('annotates the job and appends to its summary on GitHub Actions', async () => {
    const out = await copyOf(whole, withFalseClaims);
    const summary = join(out, 'step.md');
    await writeFile(summary, 'of an earlier step\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { stdout, stderr } = await lab(['report', out, '--json'], env);
    const { summary: counts, scenarios } = runResultsSchema.parse(JSON.parse(stdout));
    const refused = scenarios.filter(({ id }) => id !== 'server/ie-esc');
    expect(counts).toMatchObject({ failed: refused.length, passed: 1 });
    expect(stderr.match(/^::error title=server\//gm)).toHaveLength(refused.length);
    expect(await readFile(summary, 'utf8')).toMatch(
      /^of an earlier step\n## connector-lab\n[\s\S]*### Not as expected/,
    );
    // Elsewhere, nothing of the kind.
    expect((await lab(['report', out])).stderr).not.toContain('::error');
  });

  it.skipIf(process.platform === 'win32')('waits for nobody at a summary that is a pipe', async () => {
    const out = await copyOf(whole);
    const pipe = join(out, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const ended = await lab(['report', out], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: pipe });
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`cannot write ${pipe}: it is a pipe`),
    });
    const nowhere = join(out, 'nowhere', 'step.md');
    const other = await lab(['report', out], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: nowhere });
    expect(other.stderr).toContain('choose another GITHUB_STEP_SUMMARY');
  });

  it('without a browser to print with, says how to get one before anything is written', async () => {
    const out = await copyOf(whole);
    const pdf = join(out, 'report.pdf');
    const { code, stderr } = await lab(['report', out, '--pdf', pdf], {
      CONNECTOR_LAB_CHROMIUM: '/nowhere/chromium',
    });
    expect(code).toBe(3);
    expect(stderr).toBe('CONNECTOR_LAB_CHROMIUM names /nowhere/chromium, which is no program\n');
    expect((await readdir(out)).sort()).toEqual(['events.jsonl', 'results.json']);
  });

  it('puts the run beside a baseline, and takes it as the next one', async () => {
    const before = join(whole, 'results.json');
    const broken = await copyOf(whole, withFalseClaims);
    const compared = await lab(['report', broken, '--baseline', before]);
    expect(compared.code).toBe(1);
    expect(compared.stdout).toMatch(/new-failure {2}server\/os-version#server-2012\n/);
    expect(compared.stdout.trim().split('\n').at(-1)).toMatch(/deviate from the baseline\.$/);

    const baseline = join(broken, 'baseline.json');
    const update = ['--baseline', baseline, '--update-baseline'];
    const refused = await lab(['report', broken, ...update]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(
      /not updated:\n {2}server\/dotnet-version.* is failed: mend it, or declare it/,
    );
    expect(await readdir(broken)).not.toContain('baseline.json');

    const failed = (await resultsIn(broken)).scenarios.filter(({ outcome }) => outcome === 'failed');
    const declared = join(broken, 'expected.yaml');
    const entries = failed.map(({ id }) => `- { scenario: "${id}", reason: ticket 7, until: 2999-12-31 }\n`);
    await writeFile(declared, entries.join(''));
    const accepted = await lab(['report', broken, ...update, '--expected-failures', declared]);
    expect(accepted.code, accepted.stdout).toBe(0);
    // The declaration is in the baseline now.
    const next = await lab(['report', broken, '--baseline', baseline]);
    expect(next.code, next.stdout).toBe(0);
    expect(next.stdout).toMatch(/declared until 2999-12-31: ticket 7/);
  });
});
