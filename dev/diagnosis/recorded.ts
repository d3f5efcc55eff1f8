import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import type { Truth } from './faults/fault.js';

const file = fileURLToPath(new URL('recorded.jsonl', import.meta.url));
/** One of so many cases is kept. */
const oneOf = 40;

/** A case that was lived in: what was wrong, nothing for a healthy site, and what was seen. */
export interface Recorded {
  id: string;
  truths: readonly Truth[];
  evidence: Evidence;
}

/** Keeps some cases for a test, each without what is told twice. */
export async function record(all: readonly Recorded[]): Promise<void> {
  const kept = all.filter((_, index) => index % oneOf === 0);
  writeFileSync(
    file,
    kept.map((one) => `${JSON.stringify({ ...one, evidence: thin(one.evidence) })}\n`).join(''),
  );
}

export function readRecorded(): Recorded[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

function thin(evidence: Evidence): Evidence {
  const told = new Set<string>();
  const isNew = ({ id, ...rest }: { id: string; connection?: string; waitedMs?: number }) => {
    const key = JSON.stringify({ ...rest, connection: undefined, because: undefined });
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
  const failed = new Set(
    evidence.attempts.flatMap(({ outcome, connection }) => (outcome === 'ok' ? [] : (connection ?? []))),
  );
  const caused = new Set(evidence.attempts.flatMap(({ because }) => because ?? []));
  return {
    ...evidence,
    attempts: evidence.attempts.filter(
      (one) =>
        caused.has(one.id) || (one.connection !== undefined && failed.has(one.connection)) || isNew(one),
    ),
    answers: evidence.answers.filter(isNew),
    services: evidence.services.filter(isNew),
  };
}
