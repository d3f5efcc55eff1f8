import type { Mutant } from './mutant.js';
import { clouds } from './table/cloud.js';
import { connectors } from './table/connector.js';
import { devices } from './table/devices.js';
import { engine } from './table/engine.js';
import { evidence } from './table/evidence.js';
import { inspections } from './table/inspection.js';
import { proxies } from './table/proxies.js';
import { trusts } from './table/trust.js';

/** Every behaviour of the living lab that some scenario must miss. */
export const mutants: readonly Mutant[] = [
  ...devices,
  ...proxies,
  ...inspections,
  ...trusts,
  ...connectors,
  ...clouds,
  ...evidence,
  ...engine,
];
