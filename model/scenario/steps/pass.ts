import { duration } from '../../site/values.js';
import type { StepKind } from '../step-kind.js';

/** Lab time passes. Milliseconds. */
interface Pass {
  do: 'pass';
  ms: number;
}

export const kind: StepKind<Pass> = {
  do: 'pass',
  words: ({ ms }) => `lab time passes: ${ms / 60_000} minutes`,
  async perform({ ms }, verbs) {
    await verbs.pass(ms);
    verbs.note({ kind: 'clock', advancedMs: ms });
  },
};

/** `25h`, `30m`. @throws TypeError where it is no duration */
export function make(text: string): Pass {
  const { data, error } = duration('1ms', '3650d').safeParse(text);
  if (data === undefined) throw new TypeError(`"${text}": ${error?.issues[0]?.message}`);
  return { do: 'pass', ms: data };
}
