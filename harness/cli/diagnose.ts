import { diagnose as causesOf, type Diagnosis } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { printable } from '../../model/evidence/printable.js';
import type { Site } from '../../model/site/schema.js';
import { selectEngine } from '../engines/select.js';
import { wholeLife } from '../run/check.js';
import { play } from '../run/play.js';
import { diagnosisInWords } from './diagnosis-in-words.js';
import { exitCodes } from './exit-codes.js';
import { ProgressLines } from './progress.js';
import { readGiven } from './read-evidence.js';

export interface DiagnoseFlags {
  scenario?: string;
  json?: true;
  signal: AbortSignal;
}

/** `connector-lab diagnose EVIDENCE|SITE`: causes, from what the connector's side alone can see. */
export async function diagnose(place: string, flags: DiagnoseFlags): Promise<number> {
  const given = await readGiven(place, flags.scenario);
  const evidence = 'evidence' in given ? given.evidence : await lived(given.site, flags.signal);
  const diagnosis = causesOf(evidence);
  if (flags.json) process.stdout.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
  else process.stdout.write(`${diagnosisInWords(diagnosis, evidence).map(printable).join('\n')}\n`);
  return exitCodeOf(diagnosis);
}

/** A site is lived in, and only what its servers see of it is handed on. */
async function lived(site: Site, signal: AbortSignal): Promise<Evidence> {
  await using engine = await selectEngine('embedded');
  const progress = new ProgressLines();
  process.stderr.write(`Living in "${printable(site.site)}" on the ${engine.name} engine …\n`);
  const events = await play(wholeLife(site), engine, {
    startAt: Date.now(),
    signal,
    onStep: (begun) => progress.step(begun),
  }).finally(() => progress.end());
  return fromEvents(events.filter(({ phase }) => phase === 'change'));
}

function exitCodeOf({ outcome }: Diagnosis): number {
  return outcome === 'nothing wrong' ? exitCodes.ok : exitCodes.unexpected;
}
