import type { Probed } from '../../mocks/connector/probe/probe.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { redacted } from '../../model/diagnosis/redact.js';
import { printable } from '../../model/evidence/printable.js';
import { replaceFile } from '../run/anew.js';
import { diagnosisInWords } from './diagnosis-in-words.js';
import { exitCodes } from './exit-codes.js';

/** Writes down what a probe saw, and says what `diagnose` would. Returns the exit code. */
export async function tellProbed(
  { evidence, uncounted }: { evidence: Evidence; uncounted: Probed['uncounted'] },
  { out, redact, signal }: { out: string; redact?: true; signal: AbortSignal },
): Promise<number> {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  await replaceFile(out, `${JSON.stringify(redact ? redacted(evidence) : evidence, null, 1)}\n`);
  const diagnosis = diagnose(evidence);
  const lines = [...diagnosisInWords(diagnosis, evidence), '', ...beside(uncounted), `Evidence: ${out}`];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  if (signal.aborted) return exitCodes.interrupted;
  return diagnosis.outcome === 'nothing wrong' ? exitCodes.ok : exitCodes.unexpected;
}

function beside(uncounted: Probed['uncounted']): string[] {
  const lines = [...new Map(uncounted.map(({ host, why }) => [host, `  ${host}: ${why}`])).values()];
  return lines.length > 0 ? ['Tried, and not counted:', ...lines, ''] : [];
}
