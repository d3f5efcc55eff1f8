import { serverSetting } from './server-setting.js';

/** Tokens may be off by five minutes (connector-facts 1.6). */
const toleranceMs = 5 * 60_000;

/** A server's clock is right. */
export const setClock = serverSetting({
  kind: 'set-clock',
  setting: 'clock-skew',
  requirement: 'hidden/clock',
  operation: 'listen',
  wrong: ({ name, 'clock-skew': skew }) => {
    if (Math.abs(skew) <= toleranceMs) return undefined;
    const amount = `${Math.round(Math.abs(skew) / 60_000)} minutes ${skew > 0 ? 'fast' : 'slow'}`;
    return {
      rule: `clock ${amount}`,
      explanation: `the clock of ${name} is ${amount}, and tokens may be off by five`,
    };
  },
  mend: (server) => ({ ...server, 'clock-skew': 0 }),
  words: ({ server }) => `Set the clock of ${server}, and keep it right (Windows Time service).`,
});
