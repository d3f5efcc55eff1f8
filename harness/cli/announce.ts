import { appendFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunResults } from '../../model/verdict/results.js';
import { githubAnnotations } from '../../reports/github/annotations.js';
import { renderSummary } from '../../reports/summary/summary.js';
import { OutputError } from '../run/output-error.js';

/**
 * On GitHub Actions, or where it is asked for: annotations on standard error, which the runner reads
 * too, and the job's summary.
 */
export async function announce(results: RunResults, { github }: { github?: true }): Promise<void> {
  if (!github && process.env.GITHUB_ACTIONS !== 'true') return;
  for (const line of githubAnnotations(results)) process.stderr.write(`${line}\n`);
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    if (await isPipe(file)) throw new Error('it is a pipe, and a run would wait for somebody who reads it');
    await appendFile(file, renderSummary(results));
  } catch (error) {
    throw new OutputError(file, error, '', 'GITHUB_STEP_SUMMARY');
  }
}

/** Opening one that nobody reads never ends, not even by Ctrl-C. /dev/stdout is one where another program reads. */
async function isPipe(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFIFO() === true && !/^\/(dev|proc)\//.test(resolve(file));
}
