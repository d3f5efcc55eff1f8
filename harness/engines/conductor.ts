import { kindOf, type Step } from '../../model/scenario/step.js';
import type { Verbs } from '../../model/scenario/verbs.js';

/** Does one step on either engine: says what comes next, then performs it with what the engine can. */
export async function conduct(step: Step, verbs: Verbs): Promise<void> {
  const kind = kindOf(step);
  verbs.note({ kind: 'step', text: kind.words(step) });
  await kind.perform(step, verbs);
}
