import { serverSetting } from './server-setting.js';

/** Tokens may be off by five minutes (connector-facts 1.6). */
const toleranceMs = 5 * 60_000;

/** As a person says it, of more than {@link toleranceMs}. */
function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / (24 * 60))} days`;
}

/** A server's clock is right. */
export const setClock = serverSetting({
  kind: 'set-clock',
  setting: 'clock-skew',
  requirement: 'hidden/clock',
  operation: 'listen',
  wrong: ({ name, 'clock-skew': skew }) => {
    if (Math.abs(skew) <= toleranceMs) return undefined;
    const amount = `${inWords(Math.abs(skew))} ${skew > 0 ? 'fast' : 'slow'}`;
    return {
      rule: `clock ${amount}`,
      explanation: `the clock of ${name} is ${amount}, and tokens may be off by five minutes`,
    };
  },
  mend: (server) => ({ ...server, 'clock-skew': 0 }),
  words: ({ server }) => `Set the clock of ${server}, and keep it right (Windows Time service).`,
});
