import { asking, holding, reaching, reachingOverTls } from '../../mocks/connector/probe/counted.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';

const purposes: ReadonlySet<string> = new Set([asking, holding, reaching, reachingOverTls]);

/**
 * Whether a probe gathered it, and not a connector: it tries every host, whatever failed before, where a
 * connector's life stops at the first operation that fails.
 */
export function isOfProbe({ attempts, operations }: Evidence): boolean {
  return operations.length === 0 && attempts.some(({ purpose }) => purposes.has(purpose));
}

/** Whether the probe held connections open. */
export function isOfHolding({ attempts }: Evidence): boolean {
  return attempts.some(({ purpose }) => purpose === holding);
}
