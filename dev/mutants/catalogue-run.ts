import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResults } from '../../model/verdict/results.js';

/** What a run of the catalogue, or of a part of it, said. */
export interface Said {
  passed: string[];
  /** Scenarios that failed, with the reason. */
  failed: { id: string; reason: string }[];
}

/** Longer than the whole catalogue takes on a busy machine: for what never ends. Milliseconds. */
const patience = 30 * 60_000;

/**
 * Runs scenarios of a folder of sources on the embedded engine; without patterns, all.
 * @throws Error where nothing could be run at all, or it did not end
 */
export async function runCatalogue(folder: string, patterns: readonly string[]): Promise<Said> {
  const out = join(folder, 'connector-lab-out');
  await rm(out, { recursive: true, force: true });
  const program = [join(folder, 'bin/connector-lab.mjs'), 'run', ...patterns];
  const child = spawn(process.execPath, [...program, '--engine', 'embedded', '--out', out], {
    cwd: folder,
    // Annotations and colours are not for here.
    env: { ...process.env, GITHUB_ACTIONS: '', NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: AbortSignal.timeout(patience),
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  await once(child, 'close');
  const text = await readFile(join(out, 'results.json'), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Error(`nothing was run for ${patterns.join(', ') || 'the catalogue'}: ${said.trim()}`);
  const { scenarios, missing } = JSON.parse(text) as RunResults;
  if (missing) throw new Error(`not every scenario of ${patterns.join(', ')} was run: ${said.trim()}`);
  return {
    passed: scenarios.flatMap(({ id, outcome }) => (outcome === 'passed' ? id : [])),
    failed: scenarios.flatMap(({ id, outcome, reason = '' }) => (outcome === 'failed' ? { id, reason } : [])),
  };
}
