import type { Candidate, Confidence, Rule } from '../cause.js';
import { isIn, type Scope, type Scoped, scopesOf } from '../scope.js';
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
        const more = seen?.(scoped.failed) ?? contrast(scoped);
        // A rule about a port or an account is about the site's own hosts as well.
        const others = sight
          .with(...symptoms)
          .filter(
            (one) =>
              one.via === undefined &&
              !failed.includes(one) &&
              isWide(scoped.scope) &&
              isIn(one, scoped.scope),
          );
        return {
          scope: scoped.scope,
          explains: [...scoped.failed, ...others].map(({ id }) => id),
          confidence: certain ? 'certain' : confidenceOf(scoped),
          ...(more !== undefined && { seen: more }),
          ...(scoped.contradictory && { contradictory: true }),
        };
      });
    },
  };
}

/** What speaks for the scope, where it is of some accounts, stacks or hosts. */
function contrast({ scope, contradictory }: Scoped): string | undefined {
  if (contradictory) return undefined;
  if (scope.account !== undefined || scope.accounts !== undefined)
    return 'other accounts get further: whoever stops these knows accounts';
  if (scope.stack !== undefined) return 'other network stacks of the same server get further';
  return scope.hosts === undefined
    ? undefined
    : 'other hosts of the same row work: a list of hosts in place of the row';
}

function isWide({ row, host }: Scope): boolean {
  return row === undefined && host === undefined;
}

function confidenceOf({ controls, contradictory }: Scoped): Confidence {
  return controls > 0 && !contradictory ? 'likely' : 'possible';
}
