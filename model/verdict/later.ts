import type { Operation } from '../evidence/vocabulary.js';
import { connectorCertificateDays } from '../requirements/connector-certificate.js';

const dayMs = 86_400_000;

/**
 * When what failed will be felt, in words; undefined: it is felt at once. `failed`: the operations that
 * failed in a lived life for one cause; `at`: when that life began, milliseconds since 1970.
 */
export function laterOf(failed: ReadonlySet<Operation>, at: number): string | undefined {
  if (failed.size === 0 || [...failed].some((operation) => operation !== 'renew')) return undefined;
  const end = new Date(at + connectorCertificateDays * dayMs).toISOString().slice(0, 10);
  return `nothing fails until the connector's certificate ends, ${connectorCertificateDays} days after it registered or renewed last (one of today: on ${end}); then the service refuses it`;
}
