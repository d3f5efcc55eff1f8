import { events1 } from './events-1.js';
import { results1 } from './results-1.js';
import type { Upgrade } from './upgrade.js';

/** Every version that is read, and how: one file and one line for the next. */
export const upgrades: readonly Upgrade[] = [results1, events1];
