import { diagnose as causesOf, type Diagnosis } from '../../model/diagnosis/diagnose.js';
import { printable } from '../../model/evidence/printable.js';
import { diagnosisInWords } from './diagnosis-in-words.js';
import { exitCodes } from './exit-codes.js';
import { liveIn } from './live-in.js';
import { readGiven } from './read-evidence.js';

export interface DiagnoseFlags {
  scenario?: string;
  address?: string;
  json?: true;
  signal: AbortSignal;
}

/** `connector-lab diagnose EVIDENCE|SITE`: causes, from what the connector's side alone can see. */
export async function diagnose(place: string, flags: DiagnoseFlags): Promise<number> {
  const given = await readGiven(place, flags.scenario, {
    server: flags.address,
    signal: flags.signal,
  });
  const evidence = 'evidence' in given ? given.evidence : await liveIn(given.site, flags.signal);
  const diagnosis = causesOf(evidence);
  if (flags.json) process.stdout.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
  else process.stdout.write(`${diagnosisInWords(diagnosis, evidence).map(printable).join('\n')}\n`);
  return exitCodeOf(diagnosis);
}

function exitCodeOf({ outcome }: Diagnosis): number {
  return outcome === 'nothing wrong' ? exitCodes.ok : exitCodes.unexpected;
}
