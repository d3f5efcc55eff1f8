import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { readResults } from '../../reports/read.js';
import { type EngineName, selectEngine } from '../engines/select.js';
import { run as runScenarios } from '../run/run.js';
import { type LoadedScenario, loadScenarios } from '../scenario/load.js';
import { selectScenarios } from '../scenario/select.js';
import type { RunResults } from '../verdict/results.js';
import { artefacts } from './artefacts.js';
import { catalogueFolder } from './catalogue-folder.js';
import { exitCodes } from './exit-codes.js';
import { ProgressLines } from './progress.js';

export interface RunFlags {
  requirement?: string;
  failed?: true;
  workers?: number;
  engine: EngineName;
  out: string;
  json?: true;
  signal: AbortSignal;
}

/** `connector-lab run`. */
export async function run(patterns: readonly string[], flags: RunFlags): Promise<number> {
  const all = await loadScenarios(catalogueFolder);
  const ids = flags.failed ? failedIds(await readResults(flags.out)) : undefined;
  const scenarios = selectScenarios(all, { patterns, requirement: flags.requirement, ids });
  if (scenarios.length === 0) {
    process.stderr.write('Nothing to run: no scenario failed last time.\n');
    return exitCodes.ok;
  }
  const results = await runSelected(scenarios, flags);
  if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else summarise(results, flags.out);
  if (results.partial) return exitCodes.interrupted;
  return results.summary.failed === 0 ? exitCodes.ok : exitCodes.unexpected;
}

/** Runs scenarios with live progress. */
export async function runSelected(
  scenarios: readonly LoadedScenario[],
  flags: Pick<RunFlags, 'engine' | 'out' | 'workers' | 'signal'>,
): Promise<RunResults> {
  await using engine = await selectEngine(flags.engine, (text) => process.stderr.write(`${text}\n`));
  const count = `${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}`;
  const other =
    engine.name === 'embedded'
      ? '--engine containers runs them on real machines'
      : '--engine embedded runs them in one process';
  process.stderr.write(`${count} on the ${engine.name} engine (${other})\n`);
  const progress = new ProgressLines();
  try {
    return await runScenarios({
      scenarios,
      engine,
      out: flags.out,
      workers: flags.workers ?? availableParallelism(),
      signal: flags.signal,
      artefacts,
      onProgress: (one) => progress.show(one),
    });
  } finally {
    progress.end();
  }
}

function failedIds({ scenarios }: RunResults): string[] {
  return scenarios.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
}

function summarise(results: RunResults, out: string): void {
  const { summary, scenarios, requirements, durationMs, partial } = results;
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed');
  const count = (verdict: string, hidden: boolean) =>
    requirements.filter((one) => one.verdict === verdict && one.hidden === hidden).length;
  const tell = (hidden: boolean) =>
    `${count('holds', hidden)} hold, ${count('broken', hidden)} broken, ${count('unproven', hidden)} unproven`;
  const lines = [
    '',
    ...(failed.length > 0
      ? [pc.red('Failed:'), ...failed.map(({ id, reason }) => `  ${id}\n    ${reason}`), '']
      : []),
    ...(partial ? [pc.yellow('Interrupted: only what had finished is counted.')] : []),
    `Requirements  ${tell(false)}`,
    `Beyond them   ${tell(true)}`,
    `Scenarios     ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped in ${(durationMs / 1000).toFixed(1)} s`,
    `Report        ${resolve(join(out, 'report.html'))}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
