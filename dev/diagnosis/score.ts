import type { Cause, Diagnosis } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { rowId } from '../../model/requirements/documented-host.js';
import { rowsFor } from '../../model/requirements/lookup.js';
import type { Truth } from './faults/fault.js';

/** Whether a cause is the one that was made: its class, and where, as far as the truth says where. */
export function isNamed(truth: Truth, cause: Cause | undefined, { attempts }: Evidence): boolean {
  if (cause?.rule !== truth.rule) return false;
  const { scope, evidence } = cause;
  if (truth.port !== undefined && scope.port !== truth.port) return false;
  if (
    truth.account !== undefined &&
    scope.account !== truth.account &&
    !scope.accounts?.includes(truth.account)
  )
    return false;
  if (truth.row === undefined || scope.row === truth.row) return true;
  // A host of the row, and of nothing else.
  const of = attempts.filter(({ id }) => evidence.includes(id));
  return of.length > 0 && of.every(({ host, port }) => rowOf(host, port) === truth.row);
}

function rowOf(host: string, port: number): string | undefined {
  const rows = rowsFor(host, port, 'public');
  const row = rows.find(({ match }) => match === 'exact') ?? rows[0];
  return row && rowId(row);
}

/** Whether all that was made was named. */
export function areNamed(truths: readonly Truth[], { causes }: Diagnosis, evidence: Evidence): boolean {
  return truths.every((truth) => causes.some((cause) => isNamed(truth, cause, evidence)));
}

export function namesOf({ causes, outcome }: Diagnosis): string[] {
  return causes.length > 0 ? causes.map(({ rule }) => rule) : [outcome];
}
