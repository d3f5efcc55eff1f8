import { operations } from '../evidence/vocabulary.js';
import type { Candidate, Confidence, Rule } from './cause.js';
import type { Evidence } from './evidence.js';
import { rules } from './rules/index.js';
import { type Scope, scopeInWords } from './scope.js';
import { type Problem, Sight } from './sight.js';

/** Changes with every change of a rule's meaning or of the choice among them. */
export const ruleSet = 'connector-lab/diagnosis@1';

export interface Cause {
  rule: string;
  /** What is wrong and where, in a sentence. */
  says: string;
  scope: Scope;
  confidence: Confidence;
  /** What was seen of it. */
  seen?: string;
  /** All that this can be, as far as it can be told from here; empty: it is what it says. */
  members: readonly string[];
  /** Ids of the evidence that it explains. */
  evidence: readonly string[];
  /** What it is most easily taken for, and the measurement that tells them apart. */
  unlike: { rule: string; tell: string };
  /** True where the same worked at other times. */
  contradictory?: boolean;
}

export interface Diagnosis {
  ruleSet: string;
  /** Causes, those that explain most first. */
  causes: readonly Cause[];
  /** What did not work and no cause explains. */
  unexplained: readonly Problem[];
  /** What each operation's evidence is worth. */
  operations: readonly {
    server: string;
    operation: string;
    evidence: 'counted' | 'useless' | 'not observed';
  }[];
  outcome: 'nothing wrong' | 'causes' | 'undetermined' | 'nothing observed';
}

/**
 * Causes of what did not work: as few as explain all of it, such that nothing that worked speaks against
 * them. What no cause explains is said to be so.
 */
export function diagnose(evidence: Evidence): Diagnosis {
  const sight = new Sight(evidence);
  const problems = sight.problems();
  const proposed = rules.flatMap((rule, rank) =>
    rule.find(sight).map((candidate) => ({ rule, rank, candidate })),
  );
  const left = new Map(problems.map((problem) => [problem.id, problem]));
  const causes: Cause[] = [];
  const open = [...proposed];
  for (;;) {
    const [best] = open
      .map((one) => ({ ...one, gains: one.candidate.explains.filter((id) => left.has(id)).length }))
      .filter(({ gains }) => gains > 0)
      .sort((a, b) => b.gains - a.gains || a.rank - b.rank);
    if (!best) break;
    causes.push(causeOf(best.rule, best.candidate));
    for (const id of best.candidate.explains) left.delete(id);
    open.splice(
      open.findIndex(({ candidate }) => candidate === best.candidate),
      1,
    );
  }
  const unexplained = [...left.values()];
  return {
    ruleSet,
    causes,
    unexplained,
    operations: worth(sight),
    outcome: outcomeOf(sight, causes, unexplained),
  };
}

function causeOf(rule: Rule, candidate: Candidate): Cause {
  const { id, says, members, unlike } = rule;
  const { scope, confidence, explains, seen, contradictory } = candidate;
  return {
    ...{
      rule: id,
      says: `${says}: ${scopeInWords(scope)}`,
      scope,
      confidence,
      members,
      evidence: explains,
      unlike,
    },
    ...(seen !== undefined && { seen }),
    ...(contradictory && { contradictory }),
  };
}

function outcomeOf(
  { attempts, evidence }: Sight,
  causes: readonly Cause[],
  unexplained: readonly Problem[],
): Diagnosis['outcome'] {
  if (causes.length > 0) return 'causes';
  if (unexplained.length > 0) return 'undetermined';
  return attempts.length + evidence.facts.length > 0 ? 'nothing wrong' : 'nothing observed';
}

/** An operation that was not attempted, or in which nothing got as far as its own answer, says nothing of it. */
function worth({ evidence, servers, attempts }: Sight): Diagnosis['operations'] {
  return [...servers].flatMap((server) =>
    operations.map((operation) => {
      const ends = evidence.operations.filter((one) => one.server === server && one.operation === operation);
      const tries = attempts.filter((one) => one.server === server && one.operation === operation);
      const none = tries.length === 0 && ends.every(({ outcome }) => outcome === 'not-attempted');
      const useless = tries.length > 0 && tries.every(({ symptom }) => symptom === 'follows');
      return {
        server,
        operation,
        evidence: none ? 'not observed' : useless ? 'useless' : 'counted',
      } as const;
    }),
  );
}
