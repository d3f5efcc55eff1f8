import type { Candidate, Confidence, Rule } from '../cause.js';
import { type Scoped, scopesOf } from '../scope.js';
import type { Seen, Sight } from '../sight.js';
import type { Symptom } from '../symptom.js';

interface Stop extends Omit<Rule, 'find'> {
  symptoms: readonly Symptom[];
  /** Of all attempts those that are meant, and that tell one scope from another. */
  among?: (attempt: Seen, sight: Sight) => boolean;
  /** Whether an attempt got beyond the place where these stop. */
  passed: (attempt: Seen) => boolean;
  /** Where the other end says so itself. */
  certain?: true;
  seen?: (failed: readonly Seen[]) => string | undefined;
}

/** A rule about attempts that stop in one way: where, for whom and by which way is found by who got further. */
export function stopped({ symptoms, among, passed, certain, seen, ...words }: Stop): Rule {
  return {
    ...words,
    find(sight) {
      const failed = sight.with(...symptoms).filter((one) => among?.(one, sight) ?? true);
      if (failed.length === 0) return [];
      const controls = sight.attempts.filter(passed);
      return scopesOf(failed, controls).map((scoped): Candidate => {
        const more = seen?.(scoped.failed);
        return {
          scope: scoped.scope,
          explains: scoped.failed.map(({ id }) => id),
          confidence: certain ? 'certain' : confidenceOf(scoped),
          ...(more !== undefined && { seen: more }),
          ...(scoped.contradictory && { contradictory: true }),
        };
      });
    },
  };
}

function confidenceOf({ controls, contradictory }: Scoped): Confidence {
  return controls > 0 && !contradictory ? 'likely' : 'possible';
}
