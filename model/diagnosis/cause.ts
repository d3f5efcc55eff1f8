import type { Scope } from './scope.js';
import type { Sight } from './sight.js';

/** How sure a cause is: somebody said it, other attempts tell it from the rest, or nothing does. */
export const confidences = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof confidences)[number];

/** What a rule proposes. */
export interface Candidate {
  scope: Scope;
  /** Ids of the problems that it would explain. */
  explains: readonly string[];
  confidence: Confidence;
  /** What was seen, where that differs from case to case: "the proxy asks for Negotiate". */
  seen?: string;
  /** True where what it explains worked at other times. */
  contradictory?: boolean;
}

/**
 * What can be wrong, as far as it can be told from the connector's side: things that look alike from there
 * are one rule, whose `members` they are. An id never changes its meaning; another meaning has another id.
 */
export interface Rule {
  id: string;
  /** What is wrong, to be followed by the scope. */
  says: string;
  members: readonly string[];
  /** The rule that is most easily taken for it, and the measurement that tells them apart. */
  unlike: { rule: string; tell: string };
  find(sight: Sight): Candidate[];
}
