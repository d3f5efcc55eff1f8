import type { Upgrade } from './upgrade.js';

/** Only the name of the format was another: its lines are those of version 2, sites aside (`site-of-today.ts`). */
export const events1: Upgrade = {
  from: 'connector-lab/events@1',
  to: 'connector-lab/events@2',
  upgrade: (line) => ({ ...line }),
};
