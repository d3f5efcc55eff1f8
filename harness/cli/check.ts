import { lintSite } from '../../model/policy/lint-site.js';
import type { PublicDate } from '../../model/requirements/editions/dates.js';
import { editionFor } from '../../model/requirements/editions/index.js';
import { readSite } from '../../model/site/read.js';
import type { EngineName } from '../engines/select.js';
import { checkSite } from '../run/check.js';
import { announce } from './announce.js';
import { artefacts } from './artefacts.js';
import { closingLines, exitCodeOf } from './closing.js';
import { exitCodes } from './exit-codes.js';
import { newerEditionFor, newerEditionInWords } from './newer-edition.js';
import { olderEditionsFor, olderEditionsInWords } from './older-editions.js';
import { onEngine, openEngine } from './open-engine.js';
import { ProgressLines } from './progress.js';

export interface CheckFlags {
  /** By which the site is judged; absent: by its own. */
  edition?: PublicDate;
  engine: EngineName;
  out: string;
  github?: true;
  pcap?: true;
  json?: true;
  signal: AbortSignal;
}

/** `connector-lab check SITE`. */
export async function check(file: string, flags: CheckFlags): Promise<number> {
  const site = await readSite(file, flags.edition);
  await using engine = await openEngine(flags, site);
  const cannot = engine.cannot(site);
  if (cannot) {
    process.stderr.write(`${file}: ${cannot}; use --engine embedded\n`);
    return exitCodes.noEngine;
  }
  const { date } = editionFor(site).page;
  process.stderr.write(`Checking "${site.site}" by the page of ${date}, ${onEngine(engine, flags)} …\n`);
  const progress = new ProgressLines();
  const results = await checkSite(site, {
    engine,
    out: flags.out,
    signal: flags.signal,
    artefacts,
    onStep: (begun) => progress.step(begun),
  }).finally(() => progress.end());
  const newerEdition = newerEditionFor(site, results);
  const olderEditions = olderEditionsFor(site, results);
  if (flags.json) {
    const told = {
      ...results,
      warnings: lintSite(site),
      ...(newerEdition && { newerEdition }),
      ...(olderEditions.length > 0 && { olderEditions }),
    };
    process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    const newer = newerEdition ? newerEditionInWords(newerEdition) : [];
    const more = [...newer, ...olderEditionsInWords(olderEditions)];
    process.stdout.write(`${closingLines(results, flags.out, more).join('\n')}\n`);
  }
  await announce(results, flags);
  return exitCodeOf(results);
}
