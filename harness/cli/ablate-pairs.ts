import { join } from 'node:path';
import type { DocumentedHost } from '../../model/requirements/documented-host.js';
import { type AblatedLife, effectOf, hiddenRows, rowName } from '../../model/verdict/ablation.js';
import { type Ablation, ablationInWords, ablationPicture } from '../../reports/ablation/ablation.js';
import { ablatedLife, pairsOf } from '../run/ablation.js';
import { replaceFile } from '../run/anew.js';
import { makeFolder } from '../run/output.js';
import type { AblateFlags } from './ablate-flags.js';
import { exitCodes } from './exit-codes.js';
import { openEngine } from './open-engine.js';

/** `connector-lab ablate --pairs`: first lives with one row closed, and with two. */
export async function ablatePairs(rows: readonly DocumentedHost[], flags: AblateFlags): Promise<number> {
  await using engine = await openEngine(flags);
  const wanted = [...rows.map((row) => [row]), ...pairsOf(rows)];
  process.stderr.write(
    `${rows.length} rows alone and ${wanted.length - rows.length} pairs of them, each in a first life on the ${engine.name} engine\n`,
  );
  const lives: AblatedLife[] = [];
  for (const closed of wanted) {
    lives.push(await ablatedLife(closed, engine, { startAt: Date.now(), signal: flags.signal }));
    if (lives.length % 25 === 0) process.stderr.write(`  ${lives.length} of ${wanted.length}\n`);
  }
  const [alone, together] = [lives.slice(0, rows.length), lives.slice(rows.length)];
  const ablation: Ablation = {
    effects: alone.flatMap(({ rows: [row], found }) => (row ? effectOf(row, found) : [])),
    hidden: hiddenRows(alone, together),
    pairs: together.length,
  };
  await makeFolder(flags.out);
  const picture = join(flags.out, 'ablation.svg');
  await replaceFile(picture, ablationPicture(ablation));
  if (flags.json) process.stdout.write(`${JSON.stringify(asJson(ablation), null, 2)}\n`);
  else process.stdout.write(`\n${ablationInWords(ablation)}\n\nPicture       ${picture}\n`);
  return exitCodes.ok;
}

function asJson({ effects, hidden, pairs }: Ablation) {
  return {
    effects: effects.map(({ row, cells, first }) => ({ row: rowName(row), first, cells })),
    pairs,
    hidden: hidden.map(({ row, by }) => ({ row: rowName(row), by: rowName(by) })),
  };
}
