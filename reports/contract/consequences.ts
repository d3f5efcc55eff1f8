import type { CheckResults } from '../../model/verdict/check-results.js';

/** What only follows from what is to be mended, each kind of failure of a server once: `app-proxy-01: not-attempted: deliver`. */
export function consequencesInWords({ consequences }: Pick<CheckResults, 'consequences'>): string[] {
  const kinds = new Map<string, Set<string>>();
  for (const { server, operation, result } of consequences) {
    const key = `${server}: ${result}`;
    kinds.set(key, (kinds.get(key) ?? new Set()).add(operation));
  }
  return [...kinds].map(([key, operations]) => `${key}: ${[...operations].join(', ')}`);
}
