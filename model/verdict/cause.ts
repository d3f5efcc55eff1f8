import { withoutEnd } from '../evidence/cut.js';
import type { ScenarioResults } from './results.js';

/**
 * Why a scenario failed, for comparing: which results and observations were not as expected, by
 * device and rule. Details, event ids and names made anew in every run are left out.
 */
export function causeOf({ phases, reason = '' }: Pick<ScenarioResults, 'phases' | 'reason'>): string {
  const wrong = phases.flatMap(({ phase, results, observations }) => [
    ...results
      .filter(({ matched }) => !matched)
      .map(({ server, operation, result, host, port, device, rule }) =>
        JSON.stringify([phase, server, operation, result, host, port, device, rule]),
      ),
    ...observations
      .filter(({ matched }) => !matched)
      .map(({ subject, observed, device, rule }) => JSON.stringify([phase, subject, observed, device, rule])),
  ]);
  if (wrong.length > 0) return wrong.sort().join('\n');
  // A lab that failed, or something that never came: its words, without names and numbers of one run.
  return reason.replace(/\w[\w-]*/g, (run) => {
    const word = withoutEnd('-', run);
    return word.length >= 6 && /\d/.test(word) ? `…${run.slice(word.length)}` : run;
  });
}
