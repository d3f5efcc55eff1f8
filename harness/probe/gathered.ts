import type { Evidence } from '../../model/diagnosis/evidence.js';
import type { Account } from '../../model/evidence/vocabulary.js';

/** The evidence of a program on a machine, under the names that the site has for machine and account. */
export function gathered(
  evidence: Evidence,
  { server, account, part }: { server: string; account: Account; part: number },
): Evidence {
  const named = (id: string) => `${part}.${id}`;
  return {
    ...evidence,
    attempts: evidence.attempts.map(({ id, connection, because, ...attempt }) => ({
      ...{ ...attempt, id: named(id), server, account },
      ...(connection !== undefined && { connection: named(connection) }),
      ...(because !== undefined && { because: named(because) }),
    })),
    answers: evidence.answers.map((answer) => ({
      ...{ ...answer, id: named(answer.id), server },
      ...(answer.account !== undefined && { account }),
    })),
  };
}

/** What several programs saw. A probe has attempts and answers, and nothing else. */
export function together([first, ...others]: readonly Evidence[]): Evidence {
  if (!first) throw new Error('nobody probed');
  const all = [first, ...others];
  return {
    ...first,
    attempts: all.flatMap(({ attempts }) => attempts),
    answers: all.flatMap(({ answers }) => answers),
  };
}
