import { join, resolve } from 'node:path';
import { lintSite } from '../../model/policy/lint-site.js';
import { readSite } from '../../model/site/read.js';
import type { CheckResults } from '../../model/verdict/check-results.js';
import { renderCheck } from '../../reports/check/check.js';
import type { EngineName } from '../engines/select.js';
import { checkSite } from '../run/check.js';
import { announce } from './announce.js';
import { artefacts } from './artefacts.js';
import { exitCodes } from './exit-codes.js';
import { openEngine } from './open-engine.js';
import { ProgressLines } from './progress.js';

const codes = {
  works: exitCodes.ok,
  broken: exitCodes.unexpected,
  undetermined: exitCodes.unexpected,
  contradiction: exitCodes.defect,
  'control-failed': exitCodes.defect,
} as const satisfies Record<CheckResults['outcome'], number>;

export interface CheckFlags {
  engine: EngineName;
  out: string;
  github?: true;
  pcap?: true;
  json?: true;
  signal: AbortSignal;
}

/** `connector-lab check SITE`. */
export async function check(file: string, flags: CheckFlags): Promise<number> {
  const site = await readSite(file);
  await using engine = await openEngine(flags);
  const cannot = engine.cannot(site);
  if (cannot) {
    process.stderr.write(`${file}: ${cannot}\n`);
    return exitCodes.noEngine;
  }
  process.stderr.write(`Checking "${site.site}" on the ${engine.name} engine …\n`);
  const progress = new ProgressLines();
  const results = await checkSite(site, {
    engine,
    out: flags.out,
    signal: flags.signal,
    artefacts,
    onStep: (begun) => progress.step(begun),
  }).finally(() => progress.end());
  const warnings = lintSite(site);
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...results, warnings }, null, 2)}\n`);
  else
    process.stdout.write(
      `${renderCheck({ results, warnings, colour: process.stdout.isTTY })}\nReport: ${resolve(join(flags.out, 'report.html'))}\n`,
    );
  await announce(results, flags);
  return results.check ? codes[results.check.outcome] : exitCodes.unexpected;
}
